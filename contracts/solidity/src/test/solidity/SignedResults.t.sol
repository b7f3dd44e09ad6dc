// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {GatewayPolicy} from "../../main/solidity/GatewayPolicy.sol";
import {Result, Results} from "../../main/solidity/Result.sol";
import {Secp256k1} from "../../main/solidity/Secp256k1.sol";
import {SignedResults} from "../../main/solidity/SignedResults.sol";
import {ResultSuite} from "./ResultSuite.sol";

/// @notice What a gateway signed: when it counts, and everything that makes it count no more.
contract SignedResultsTest is ResultSuite {
    uint64 private constant AGE = 60;

    function test_aResultOfAnActiveEnclaveUnderAKnownHeadCounts() public view {
        Result memory result = _result(1);
        vm.assertEq(results.verify(result, _signed(result), AGE, true), _resultDigest(result));
    }

    function test_anEarlierEpochCountsToo() public {
        Result memory result = _result(1);
        vm.prank(GOVERNOR);
        policy.publish("b.example", "{}");
        results.verify(result, _signed(result), AGE, true);
    }

    function test_aHeadThatThePolicyNeverHadIsRefused() public {
        Result memory result = _result(1);
        result.policyHead = keccak256("forged");
        _refuse(result, _unknownHead(result));
        result = _result(1);
        result.policyEpoch -= 1;
        _refuse(result, _unknownHead(result));
        result.policyEpoch = type(uint64).max;
        result.policyHead = 0;
        _refuse(result, _unknownHead(result));
        result.policyEpoch = 0;
        _refuse(result, _unknownHead(result));
    }

    function test_aResultOfTheFutureIsRefused() public {
        Result memory result = _result(1);
        result.issuedAt = uint64(block.timestamp);
        results.verify(result, _signed(result), 0, true);
        result.issuedAt += 1;
        _refuse(
            result, abi.encodeWithSelector(SignedResults.IssuedInFuture.selector, result.issuedAt)
        );
        result.issuedAt = type(uint64).max;
        _refuse(
            result, abi.encodeWithSelector(SignedResults.IssuedInFuture.selector, result.issuedAt)
        );
    }

    function test_aResultIsAsOldAsAskedForAndNoOlder() public {
        Result memory result = _result(1);
        result.issuedAt = uint64(block.timestamp) - AGE;
        results.verify(result, _signed(result), AGE, true);
        result.issuedAt -= 1;
        _refuse(result, abi.encodeWithSelector(SignedResults.TooOld.selector, result.issuedAt, AGE));
    }

    function test_whatWasOnlyRelayedCountsWhereThatIsAccepted() public {
        Result memory result = _result(1);
        result.upstream = 0;
        results.verify(result, _signed(result), AGE, false);
        _refuse(result, abi.encodeWithSelector(SignedResults.UpstreamNotAttested.selector));
    }

    function test_aResultFromBeforeTheLeaseEndedCountsAfterIt() public {
        Result memory result = _result(1);
        bytes memory signature = _signed(result);
        vm.warp(NOW + 31 days);
        results.verify(result, signature, 31 days, true);
        result.issuedAt = NOW + 30 days;
        _refuse(result, 31 days, _notActive(result));
        result.issuedAt = NOW - 1;
        _refuse(result, 32 days, _notActive(result));
    }

    function test_aRevocationTakesBackWhatWasSignedBefore() public {
        Result memory result = _result(1);
        vm.prank(GUARDIAN);
        enclaves.revoke(keys.addr(ENCLAVE));
        _refuse(result, _notActive(result));
    }

    function test_aRevokedMeasurementTakesBackWhatItsEnclavesSigned() public {
        Result memory result = _result(1);
        vm.prank(GUARDIAN);
        measurements.revoke(MEASURED);
        _refuse(result, _notActive(result));
    }

    function test_aKeyThatIsNotRegisteredCountsForNothing() public {
        Result memory result = _result(1);
        result.gateway = keys.addr(NEXT);
        bytes memory signature = _sign(NEXT, _resultDigest(result));
        vm.expectRevert(_notActive(result));
        results.verify(result, signature, AGE, true);
    }

    function test_nobodySignsForAnother() public {
        Result memory result = _result(1);
        bytes memory signature = _sign(NEXT, _resultDigest(result));
        vm.expectRevert(
            abi.encodeWithSelector(
                SignedResults.NotSignedByGateway.selector, result.gateway, keys.addr(NEXT)
            )
        );
        results.verify(result, signature, AGE, true);
    }

    function test_aSignatureHasOneForm() public {
        Result memory result = _result(1);
        bytes memory good = _signed(result);
        bytes[5] memory wrong =
            [bytes(""), _mirrored(good), _withV(good, 0), _cut(good, 64), bytes.concat(good, good)];
        for (uint256 i = 0; i < wrong.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Secp256k1.MalformedSignature.selector));
            results.verify(result, wrong[i], AGE, true);
        }
        result.gateway = address(0);
        vm.expectRevert(abi.encodeWithSelector(Secp256k1.MalformedSignature.selector));
        results.verify(result, abi.encodePacked(bytes32(0), bytes32(0), uint8(27)), AGE, true);
    }

    function test_aSignatureForAnotherChainOrContractCountsForNothing() public {
        Result memory result = _result(1);
        bytes memory signature = _signed(result);
        SignedResults other = new SignedResults(policy);
        vm.expectPartialRevert(SignedResults.NotSignedByGateway.selector);
        other.verify(result, signature, AGE, true);
        keys.chainId(1);
        vm.expectPartialRevert(SignedResults.NotSignedByGateway.selector);
        results.verify(result, signature, AGE, true);
    }

    function test_anotherRegistryInThePolicyKnowsOthers() public {
        Result memory result = _result(1);
        bytes memory signature = _signed(result);
        vm.prank(GOVERNOR);
        policy.setEnclaveRegistry(address(0));
        vm.expectRevert("");
        results.verify(result, signature, AGE, true);
    }

    function test_everyResultOfABatchCounts() public view {
        for (uint256 n = 1; n <= 9; ++n) {
            (Result[] memory batch, bytes32[][] memory paths, bytes32 root) = _batch(n);
            bytes memory signature = _signedBatch(root);
            for (uint256 i = 0; i < n; ++i) {
                vm.assertEq(
                    results.verifyInBatch(batch[i], paths[i], signature, AGE, true),
                    _resultDigest(batch[i])
                );
            }
        }
    }

    function test_aResultThatIsNotInTheBatchDoesNotCount() public {
        (Result[] memory batch, bytes32[][] memory paths, bytes32 root) = _batch(4);
        bytes memory signature = _signedBatch(root);
        Result memory stranger = _result(9);
        vm.expectPartialRevert(SignedResults.NotSignedByGateway.selector);
        results.verifyInBatch(stranger, paths[0], signature, AGE, true);
        vm.expectPartialRevert(SignedResults.NotSignedByGateway.selector);
        results.verifyInBatch(batch[0], paths[1], signature, AGE, true);
        vm.expectPartialRevert(SignedResults.NotSignedByGateway.selector);
        results.verifyInBatch(batch[0], new bytes32[](0), signature, AGE, true);
    }

    function test_aNodeIsNoLeafAndALeafNoNode() public {
        (Result[] memory batch, bytes32[][] memory paths, bytes32 root) = _batch(2);
        vm.assertTrue(_node(_leaf(batch[0]), _leaf(batch[1])) == root);
        bytes memory signature = _signedBatch(_leaf(batch[0]));
        vm.expectPartialRevert(SignedResults.NotSignedByGateway.selector);
        results.verifyInBatch(batch[0], paths[0], signature, AGE, true);
        signature = _signedBatch(_hash(batch[0]));
        vm.expectPartialRevert(SignedResults.NotSignedByGateway.selector);
        results.verifyInBatch(batch[0], new bytes32[](0), signature, AGE, true);
    }

    function test_aBatchIsSignedByTheGatewayOfItsResults() public {
        Result memory result = _result(1);
        result.gateway = keys.addr(NEXT);
        bytes memory signature = _signedBatch(_leaf(result));
        vm.expectPartialRevert(SignedResults.NotSignedByGateway.selector);
        results.verifyInBatch(result, new bytes32[](0), signature, AGE, true);
    }

    function test_aPathHas16SiblingsAtMost() public {
        Result memory result = _result(1);
        bytes32[] memory path = new bytes32[](16);
        bytes32 root = _leaf(result);
        for (uint256 i = 0; i < 16; ++i) {
            path[i] = keccak256(abi.encode(i));
            root = _node(root, path[i]);
        }
        results.verifyInBatch(result, path, _signedBatch(root), AGE, true);
        bytes memory signature = _signedBatch(_node(root, 0));
        path = new bytes32[](17);
        vm.expectRevert(abi.encodeWithSelector(Results.PathTooLong.selector, 17));
        results.verifyInBatch(result, path, signature, AGE, true);
    }

    function test_aBatchIsJudgedLikeASingleResult() public {
        Result memory result = _result(1);
        bytes memory signature = _signedBatch(_leaf(result));
        vm.prank(GUARDIAN);
        enclaves.revoke(keys.addr(ENCLAVE));
        vm.expectRevert(_notActive(result));
        results.verifyInBatch(result, new bytes32[](0), signature, AGE, true);
    }

    function test_aConsumerTakesAResultOnceAloneOrInABatch() public {
        Result memory result = _result(1);
        bytes memory signature = _signed(result);
        bytes memory batch = _signedBatch(_leaf(result));
        bytes memory consumed = abi.encodeWithSelector(
            SignedResults.AlreadyConsumed.selector, address(this), _resultDigest(result)
        );
        results.consumeOnce(result, signature, AGE, true);
        vm.assertTrue(results.isConsumed(address(this), _resultDigest(result)));
        vm.expectRevert(consumed);
        results.consumeOnce(result, signature, AGE, true);
        vm.expectRevert(consumed);
        results.consumeOnceInBatch(result, new bytes32[](0), batch, AGE, true);
        results.verify(result, signature, AGE, true);
        vm.prank(STRANGER);
        results.consumeOnceInBatch(result, new bytes32[](0), batch, AGE, true);
        vm.assertTrue(results.isConsumed(STRANGER, _resultDigest(result)));
        vm.expectPartialRevert(SignedResults.AlreadyConsumed.selector);
        vm.prank(STRANGER);
        results.consumeOnce(result, signature, AGE, true);
    }

    function test_whatDoesNotCountIsNotConsumed() public {
        Result memory result = _result(1);
        bytes memory signature = _signed(result);
        vm.expectPartialRevert(SignedResults.TooOld.selector);
        results.consumeOnce(result, signature, 0, true);
        vm.assertFalse(results.isConsumed(address(this), _resultDigest(result)));
    }

    function test_thereIsAlwaysAPolicy() public {
        vm.expectRevert(abi.encodeWithSelector(SignedResults.PolicyRequired.selector));
        new SignedResults(GatewayPolicy(address(0)));
    }

    function test_everyDeploymentHasOneCode() public {
        SignedResults other = new SignedResults(GatewayPolicy(STRANGER));
        vm.assertEq(address(other).codehash, address(results).codehash);
    }

    function testFuzz_aChangedBitIsAnotherResult(uint16 bit, bool inBatch) public view {
        Result memory result = _result(1);
        bytes memory call = inBatch
            ? abi.encodeCall(
                results.verifyInBatch,
                (result, new bytes32[](0), _signedBatch(_leaf(result)), AGE, true)
            )
            : abi.encodeCall(results.verify, (result, _signed(result), AGE, true));
        uint256 place = 4 + (bit / 8) % 256;
        call[place] ^= bytes1(uint8(1 << (bit % 8)));
        (bool success,) = address(results).staticcall(call);
        vm.assertFalse(success);
    }

    function testFuzz_noResultCountsOutsideItsLease(uint64 issuedAt, uint64 at) public {
        Result memory result = _result(1);
        result.issuedAt = issuedAt;
        bytes memory signature = _signed(result);
        vm.warp(at);
        try results.verify(result, signature, type(uint64).max, true) {
            vm.assertTrue(issuedAt >= NOW && issuedAt < NOW + 30 days && issuedAt <= at);
        } catch {}
    }

    /// @dev n results, their paths, and the root: where a level is odd, the last moves up.
    function _batch(uint256 n)
        private
        view
        returns (Result[] memory batch, bytes32[][] memory paths, bytes32 root)
    {
        batch = new Result[](n);
        paths = new bytes32[][](n);
        bytes32[] memory level = new bytes32[](n);
        uint256[] memory at = new uint256[](n);
        for (uint256 i = 0; i < n; ++i) {
            batch[i] = _result(uint64(i));
            level[i] = _leaf(batch[i]);
            at[i] = i;
        }
        for (; level.length > 1; level = _up(level)) {
            for (uint256 i = 0; i < n; ++i) {
                uint256 sibling = at[i] ^ 1;
                if (sibling < level.length) paths[i] = _append(paths[i], level[sibling]);
                at[i] /= 2;
            }
        }
        root = level[0];
    }

    function _up(bytes32[] memory level) private pure returns (bytes32[] memory above) {
        above = new bytes32[]((level.length + 1) / 2);
        for (uint256 i = 0; i < above.length; ++i) {
            above[i] =
                2 * i + 1 < level.length ? _node(level[2 * i], level[2 * i + 1]) : level[2 * i];
        }
    }

    function _append(bytes32[] memory list, bytes32 item) private pure returns (bytes32[] memory) {
        bytes32[] memory longer = new bytes32[](list.length + 1);
        for (uint256 i = 0; i < list.length; ++i) {
            longer[i] = list[i];
        }
        longer[list.length] = item;
        return longer;
    }

    function _refuse(Result memory result, bytes memory reason) private {
        _refuse(result, AGE, reason);
    }

    function _refuse(Result memory result, uint64 ageMax, bytes memory reason) private {
        bytes memory signature = _signed(result);
        vm.expectRevert(reason);
        results.verify(result, signature, ageMax, true);
    }

    function _unknownHead(Result memory result) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            SignedResults.UnknownHead.selector, result.policyEpoch, result.policyHead
        );
    }

    function _notActive(Result memory result) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            SignedResults.GatewayNotActive.selector, result.gateway, result.issuedAt
        );
    }
}
