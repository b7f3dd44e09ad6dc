// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AttesterVerifier} from "../../main/solidity/AttesterVerifier.sol";
import {Governed} from "../../main/solidity/Governed.sol";
import {IEvidenceVerifier} from "../../main/solidity/IEvidenceVerifier.sol";
import {P256} from "../../main/solidity/P256.sol";
import {Secp256k1} from "../../main/solidity/Secp256k1.sol";
import {RegistrySuite} from "./RegistrySuite.sol";

/// @notice k of n attesters: who vouches, how one is replaced, and what is no vouching.
contract AttesterVerifierTest is RegistrySuite {
    bytes private constant CLAIM = "any claim";
    uint256 private constant P256_ORDER =
        0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;

    uint256[] private three = _three();

    function test_twoOfThreeVouch() public view {
        for (uint256 i = 0; i < 3; ++i) {
            for (uint256 j = i + 1; j < 3; ++j) {
                _accept(_attest(_two(three[i], three[j]), CLAIM));
            }
        }
        _accept(_attest(three, CLAIM));
    }

    function test_oneOfThreeDoesNot() public {
        _refuse(_attest(new uint256[](0), CLAIM), _outOfRange(0));
        uint256[] memory one = new uint256[](1);
        one[0] = three[0];
        _refuse(_attest(one, CLAIM), _outOfRange(1));
    }

    function test_nobodyVouchesTwiceOrOutOfOrder() public {
        bytes32[] memory ids = _ids(three);
        _refuse(_attest(_two(three[0], three[0]), CLAIM), _notAscending(ids[0]));
        _refuse(_attest(_two(three[1], three[0]), CLAIM), _notAscending(ids[0]));
    }

    function test_everySignatureMustBeGood() public {
        uint256[] memory four = new uint256[](4);
        uint256 stranger = 0xdead;
        while (keys.addr(stranger) < keys.addr(three[2])) ++stranger;
        (four[0], four[1], four[2], four[3]) = (three[0], three[1], three[2], stranger);
        _refuse(_attest(four, CLAIM), _unknown(_ids(four)[3]));
    }

    function test_moreSignaturesThanAttestersCanBeAreNotRead() public {
        _refuse(abi.encode(new bytes[](33)), _outOfRange(33));
    }

    function test_aSignatureHasOneForm() public {
        bytes[] memory signatures = new bytes[](2);
        bytes memory good = _sign(three[0], _attestation(CLAIM));
        bytes[4] memory wrong = [bytes(""), _mirrored(good), _withV(good, 26), _cut(good, 64)];
        for (uint256 i = 0; i < wrong.length; ++i) {
            signatures[0] = wrong[i];
            _refuse(
                abi.encode(signatures),
                abi.encodeWithSelector(Secp256k1.MalformedSignature.selector)
            );
        }
    }

    function test_theirWordIsForOneClaimOneChainAndOneVerifier() public {
        bytes memory evidence = _attest(_two(three[0], three[1]), CLAIM);
        vm.expectPartialRevert(AttesterVerifier.UnknownAttester.selector);
        this.verify_(evidence, "another claim");
        AttesterVerifier other = new AttesterVerifier(GOVERNOR, GUARDIAN, 2, _ids(three));
        (bool success,) = address(other).call(abi.encodeCall(other.verify, (evidence, CLAIM)));
        vm.assertFalse(success);
        keys.chainId(1);
        (success,) = address(attesters).call(abi.encodeCall(other.verify, (evidence, CLAIM)));
        vm.assertFalse(success);
    }

    function test_evidenceThatIsNoListIsRefused() public {
        bytes[3] memory wrong = [bytes(""), hex"00", abi.encode(uint256(1) << 255)];
        for (uint256 i = 0; i < wrong.length; ++i) {
            (bool success,) =
                address(attesters).call(abi.encodeCall(attesters.verify, (wrong[i], CLAIM)));
            vm.assertFalse(success);
        }
    }

    function test_aQuorumIsInForceADayAfterItWasProposed() public {
        uint256[] memory next = _two(three[0], three[1]);
        _propose(1, _ids(next));
        vm.expectRevert(
            abi.encodeWithSelector(AttesterVerifier.QuorumNotYet.selector, NOW + 24 hours)
        );
        attesters.acceptQuorum();
        vm.warp(NOW + 24 hours);
        _accept(_attest(_two(three[1], three[2]), CLAIM));
        attesters.acceptQuorum();
        vm.assertEq(attesters.current(), 2);
        vm.assertEq(attesters.pending(), 0);
        _refuse(_attest(_two(three[1], three[2]), CLAIM), _unknown(_ids(three)[2]));
        uint256[] memory one = new uint256[](1);
        one[0] = three[1];
        _accept(_attest(one, CLAIM));
    }

    function test_aProposalTakesThePlaceOfTheLastAndBeginsItsOwnDay() public {
        _propose(1, _ids(three));
        vm.warp(NOW + 12 hours);
        _propose(3, _ids(three));
        vm.warp(NOW + 24 hours);
        vm.expectRevert(
            abi.encodeWithSelector(AttesterVerifier.QuorumNotYet.selector, NOW + 36 hours)
        );
        attesters.acceptQuorum();
        vm.warp(NOW + 36 hours);
        attesters.acceptQuorum();
        vm.assertEq(attesters.quorumOf(attesters.current()).threshold, 3);
    }

    function test_aProposalIsTakenBack() public {
        _propose(1, _ids(three));
        vm.prank(GOVERNOR);
        attesters.cancelQuorum();
        bytes memory none = abi.encodeWithSelector(AttesterVerifier.NoQuorumProposed.selector);
        vm.warp(NOW + 2 days);
        vm.expectRevert(none);
        attesters.acceptQuorum();
        vm.expectRevert(none);
        vm.prank(GOVERNOR);
        attesters.cancelQuorum();
    }

    function test_aQuorumIsNeverOfNobody() public {
        bytes32[] memory ids = _ids(three);
        _refuseQuorum(0, ids, _quorumOutOfRange(0, 3));
        _refuseQuorum(4, ids, _quorumOutOfRange(4, 3));
        _refuseQuorum(0, new bytes32[](0), _quorumOutOfRange(0, 0));
        _refuseQuorum(1, new bytes32[](33), _quorumOutOfRange(1, 33));
        _refuseQuorum(1, new bytes32[](1), _notAscending(0));
        ids[1] = ids[0];
        _refuseQuorum(1, ids, _notAscending(ids[0]));
        vm.expectRevert(_quorumOutOfRange(0, 0));
        new AttesterVerifier(GOVERNOR, GUARDIAN, 0, new bytes32[](0));
    }

    function test_aRemovedAttesterVouchesNoMoreHereAndInTheNextQuorum() public {
        bytes32[] memory ids = _ids(three);
        _propose(2, ids);
        vm.prank(GUARDIAN);
        attesters.removeAttester(ids[1]);
        vm.assertEq(attesters.quorumOf(1).attesters.length, 2);
        _refuse(_attest(_two(three[0], three[1]), CLAIM), _unknown(ids[1]));
        vm.warp(NOW + 24 hours);
        attesters.acceptQuorum();
        _refuse(_attest(_two(three[0], three[1]), CLAIM), _unknown(ids[1]));
        _accept(_attest(_two(three[0], three[2]), CLAIM));
        vm.expectRevert(_unknown(ids[1]));
        vm.prank(GOVERNOR);
        attesters.removeAttester(ids[1]);
    }

    function test_tooFewThatAreLeftVouchForNothing() public {
        vm.startPrank(GOVERNOR);
        attesters.removeAttester(_ids(three)[0]);
        attesters.removeAttester(_ids(three)[1]);
        vm.stopPrank();
        uint256[] memory one = new uint256[](1);
        one[0] = three[2];
        _refuse(_attest(one, CLAIM), _outOfRange(1));
    }

    function test_onlyRolesChangeAnything() public {
        bytes32[] memory ids = _ids(three);
        vm.startPrank(GUARDIAN);
        bytes memory refused = abi.encodeWithSelector(Governed.NotGovernor.selector, GUARDIAN);
        vm.expectRevert(refused);
        attesters.proposeQuorum(1, ids);
        vm.expectRevert(refused);
        attesters.cancelQuorum();
        vm.stopPrank();
        vm.startPrank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGuardian.selector, STRANGER));
        attesters.removeAttester(ids[0]);
        vm.stopPrank();
        vm.warp(NOW - 1 days + 180 days);
        vm.expectPartialRevert(Governed.GuardianTermEnded.selector);
        vm.prank(GUARDIAN);
        attesters.removeAttester(ids[0]);
    }

    /// forge-config: default.evm_version = "osaka"
    function test_aKeyOfP256VouchesWhereTheChainChecksIt() public {
        bytes memory signature = _securityModule();
        _accept(_list(signature));
        bytes[4] memory wrong = [
            _p256(0x51, _attestation("another claim")),
            _p256Mirrored(signature),
            _cut(signature, 127),
            bytes.concat(signature)
        ];
        wrong[3][0] ^= 0x01;
        bytes memory bad = abi.encodeWithSelector(P256.WrongP256Signature.selector);
        bytes memory malformed = abi.encodeWithSelector(Secp256k1.MalformedSignature.selector);
        for (uint256 i = 0; i < wrong.length; ++i) {
            _refuse(_list(wrong[i]), i == 2 ? malformed : bad);
        }
        bytes memory other = _p256(0x52, _attestation(CLAIM));
        vm.expectPartialRevert(AttesterVerifier.UnknownAttester.selector);
        this.verify_(_list(other), CLAIM);
    }

    function test_aChainWithoutThePrecompileSaysSo() public {
        bytes memory signature = _securityModule();
        _refuse(_list(signature), abi.encodeWithSelector(P256.P256Unavailable.selector));
    }

    function testFuzz_onlyTheSignedClaimIsVouchedFor(bytes calldata claim) public {
        vm.assume(keccak256(claim) != keccak256(CLAIM));
        bytes memory evidence = _attest(_two(three[0], three[1]), CLAIM);
        (bool success,) =
            address(attesters).call(abi.encodeCall(attesters.verify, (evidence, claim)));
        vm.assertFalse(success);
    }

    function testFuzz_anyBytesVouchForNothing(bytes calldata evidence) public {
        (bool success,) =
            address(attesters).call(abi.encodeCall(attesters.verify, (evidence, CLAIM)));
        vm.assertFalse(success);
    }

    /// @dev Calls from outside, so that the refusal is a call's.
    function verify_(bytes calldata evidence, bytes calldata claim) external view {
        attesters.verify(evidence, claim);
    }

    /// @dev An attester whose key is of P-256 alone makes the quorum; its signature of the claim.
    function _securityModule() private returns (bytes memory) {
        (uint256 x, uint256 y) = keys.publicKeyP256(0x51);
        bytes32[] memory ids = new bytes32[](1);
        ids[0] = keccak256(abi.encode(x, y));
        attesters = new AttesterVerifier(GOVERNOR, GUARDIAN, 1, ids);
        return _p256(0x51, _attestation(CLAIM));
    }

    function _p256(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = keys.signP256(key, digest);
        (uint256 x, uint256 y) = keys.publicKeyP256(key);
        uint256 low = uint256(s) > P256_ORDER / 2 ? P256_ORDER - uint256(s) : uint256(s);
        return abi.encodePacked(r, low, x, y);
    }

    function _p256Mirrored(bytes memory signature) private pure returns (bytes memory) {
        (bytes32 r, uint256 s, uint256 x, uint256 y) =
            abi.decode(signature, (bytes32, uint256, uint256, uint256));
        return abi.encodePacked(r, P256_ORDER - s, x, y);
    }

    function _list(bytes memory signature) private pure returns (bytes memory) {
        bytes[] memory signatures = new bytes[](1);
        signatures[0] = signature;
        return abi.encode(signatures);
    }

    function _accept(bytes memory evidence) private view {
        vm.assertTrue(attesters.verify(evidence, CLAIM) == IEvidenceVerifier.verify.selector);
    }

    function _refuse(bytes memory evidence, bytes memory reason) private {
        vm.expectRevert(reason);
        this.verify_(evidence, CLAIM);
    }

    function _propose(uint64 threshold, bytes32[] memory ids) private {
        vm.prank(GOVERNOR);
        attesters.proposeQuorum(threshold, ids);
    }

    function _refuseQuorum(uint64 threshold, bytes32[] memory ids, bytes memory reason) private {
        vm.expectRevert(reason);
        _propose(threshold, ids);
    }

    function _outOfRange(uint256 signatures) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            AttesterVerifier.SignaturesOutOfRange.selector, signatures, uint64(2)
        );
    }

    function _quorumOutOfRange(uint64 threshold, uint256 n) private pure returns (bytes memory) {
        return abi.encodeWithSelector(AttesterVerifier.QuorumOutOfRange.selector, threshold, n);
    }

    function _notAscending(bytes32 attester) private pure returns (bytes memory) {
        return abi.encodeWithSelector(AttesterVerifier.NotAscending.selector, attester);
    }

    function _unknown(bytes32 attester) private pure returns (bytes memory) {
        return abi.encodeWithSelector(AttesterVerifier.UnknownAttester.selector, attester);
    }
}
