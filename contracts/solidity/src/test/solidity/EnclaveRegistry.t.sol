// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EnclaveRegistry} from "../../main/solidity/EnclaveRegistry.sol";
import {Governed} from "../../main/solidity/Governed.sol";
import {Grounds, IEvidenceVerifier} from "../../main/solidity/IEvidenceVerifier.sol";
import {MeasurementRegistry} from "../../main/solidity/MeasurementRegistry.sol";
import {RecentBlock} from "../../main/solidity/RecentBlock.sol";
import {Registrations} from "../../main/solidity/Registration.sol";
import {Secp256k1} from "../../main/solidity/Secp256k1.sol";
import {RegistrySuite} from "./RegistrySuite.sol";

/// @notice A verifier that answers as told, and calls back before it does.
contract Insolent is IEvidenceVerifier {
    bytes4 private answer;
    address private target;
    bytes private call;

    function tell(bytes4 answer_, address target_, bytes calldata call_) external {
        (answer, target, call) = (answer_, target_, call_);
    }

    function grounds() external pure returns (Grounds) {
        return Grounds.Hardware;
    }

    function verify(bytes calldata, bytes calldata) external returns (bytes4) {
        if (target != address(0)) {
            (bool success, bytes memory reason) = target.call(call);
            if (!success) {
                assembly ("memory-safe") {
                    revert(add(reason, 0x20), mload(reason))
                }
            }
        }
        return answer;
    }
}

/// @notice Keeps the hashes of past blocks as EIP-2935 does: reverts for what it does not have.
contract History {
    fallback(bytes calldata number) external returns (bytes memory) {
        if (uint256(bytes32(number)) != 15_000) revert();
        return abi.encode(keccak256("block 15,000"));
    }
}

/// @notice Registration: what a claim must say, who must have signed it, and how a lease ends.
contract EnclaveRegistryTest is RegistrySuite {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    address private immutable signer = keys.addr(ENCLAVE);

    function test_aSignerIsActiveFromItsRegistrationToTheEndOfItsLease() public {
        vm.assertFalse(enclaves.isActive(signer, NOW));
        _register(ENCLAVE);
        vm.assertFalse(enclaves.isActive(signer, NOW - 1));
        vm.assertTrue(enclaves.isActive(signer, NOW));
        vm.assertTrue(enclaves.isActive(signer, NOW + 30 days - 1));
        vm.assertFalse(enclaves.isActive(signer, NOW + 30 days));
        EnclaveRegistry.Enclave memory enclave = enclaves.enclaveOf(signer);
        vm.assertEq(enclave.measurement, MEASURED);
        vm.assertTrue(enclave.grounds == Grounds.Hardware);
        vm.assertEq(address(enclave.measurements), address(measurements));
    }

    function test_theWordOfAttestersCountsADayAfterItWasGiven() public {
        _vouch(ENCLAVE);
        vm.assertTrue(enclaves.enclaveOf(signer).grounds == Grounds.Attesters);
        vm.assertFalse(enclaves.isActive(signer, NOW));
        vm.assertFalse(enclaves.isActive(signer, NOW + 24 hours - 1));
        vm.assertTrue(enclaves.isActive(signer, NOW + 24 hours));
    }

    function test_aRevocationWithinTheDayKeepsItFromEverCounting() public {
        _vouch(ENCLAVE);
        vm.prank(GUARDIAN);
        enclaves.revoke(signer);
        vm.assertFalse(enclaves.isActive(signer, NOW + 24 hours));
    }

    function test_aSignerRegistersOnceForEver() public {
        _register(ENCLAVE);
        _refuse(_claim(ENCLAVE, MEASURED), _already());
        vm.warp(NOW + 31 days);
        _refuse(_claim(ENCLAVE, MEASURED), _already());
    }

    function test_theNextSignerRegistersWhileTheOldLeaseRuns() public {
        _register(ENCLAVE);
        vm.warp(NOW + 29 days);
        _register(NEXT);
        vm.assertTrue(enclaves.isActive(signer, block.timestamp));
        vm.assertTrue(enclaves.isActive(keys.addr(NEXT), block.timestamp));
        vm.assertTrue(enclaves.isActive(keys.addr(NEXT), NOW + 58 days));
    }

    function test_aRevokedSignerIsActiveAtNoTimeAndNeverAgain() public {
        _register(ENCLAVE);
        vm.warp(NOW + 1 days);
        vm.prank(GUARDIAN);
        enclaves.revoke(signer);
        vm.assertFalse(enclaves.isActive(signer, NOW));
        bytes memory revoked =
            abi.encodeWithSelector(EnclaveRegistry.EnclaveIsRevoked.selector, signer);
        _refuse(_claim(ENCLAVE, MEASURED), revoked);
        vm.expectRevert(revoked);
        vm.prank(GOVERNOR);
        enclaves.revoke(signer);
    }

    function test_aSignerThatNeverRegisteredCanBeRevoked() public {
        vm.prank(GOVERNOR);
        enclaves.revoke(signer);
        _refuse(
            _claim(ENCLAVE, MEASURED),
            abi.encodeWithSelector(EnclaveRegistry.EnclaveIsRevoked.selector, signer)
        );
    }

    function test_theMeasurementIsReadAgainAtEveryLook() public {
        _register(ENCLAVE);
        vm.prank(GUARDIAN);
        measurements.revoke(MEASURED);
        vm.assertFalse(enclaves.isActive(signer, NOW));
    }

    function test_aMeasurementThatEndedStillCountsForItsTime() public {
        _register(ENCLAVE);
        vm.prank(GOVERNOR);
        measurements.allow(MEASURED, "tdx", NOW + 10 days);
        vm.warp(NOW + 20 days);
        vm.assertTrue(enclaves.isActive(signer, NOW + 10 days - 1));
        vm.assertFalse(enclaves.isActive(signer, NOW + 10 days));
    }

    function test_aLeaseEndsWithin30DaysAndAfterItBegins() public {
        uint64[4] memory wrong = [0, NOW, NOW + 30 days + 1, type(uint64).max];
        for (uint256 i = 0; i < wrong.length; ++i) {
            Claim memory claim = _claim(ENCLAVE, MEASURED);
            claim.notAfter = wrong[i];
            _refuse(claim, _outOfRange(wrong[i], NOW));
        }
    }

    function test_aLeaseByAttestersIsLongerThanTheirDelay() public {
        Claim memory claim = _claim(ENCLAVE, VOUCHED);
        claim.notAfter = NOW + 24 hours;
        bytes memory encoded = abi.encode(claim);
        vm.expectRevert(_outOfRange(claim.notAfter, NOW + 24 hours));
        enclaves.register("", encoded, _signClaim(ENCLAVE, encoded));
    }

    function test_aClaimForAnotherChainOrRegistryIsRefused() public {
        Claim memory claim = _claim(ENCLAVE, MEASURED);
        claim.chainId = 1;
        _refuse(claim, abi.encodeWithSelector(EnclaveRegistry.OtherChain.selector, 1));
        claim = _claim(ENCLAVE, MEASURED);
        claim.registry = STRANGER;
        _refuse(claim, abi.encodeWithSelector(EnclaveRegistry.OtherRegistry.selector, STRANGER));
    }

    function test_aClaimSignedForAnotherRegistryIsNotSignedForThis() public {
        EnclaveRegistry here = enclaves;
        enclaves = new EnclaveRegistry(GOVERNOR, GUARDIAN, measurements);
        bytes memory elsewhere = _signClaim(ENCLAVE, abi.encode(_claim(ENCLAVE, MEASURED)));
        enclaves = here;
        bytes memory encoded = abi.encode(_claim(ENCLAVE, MEASURED));
        vm.expectPartialRevert(EnclaveRegistry.OtherSigner.selector);
        enclaves.register("", encoded, elsewhere);
    }

    function test_nobodySignsForAnother() public {
        bytes memory encoded = abi.encode(_claim(ENCLAVE, MEASURED));
        bytes memory signature = _signClaim(NEXT, encoded);
        vm.expectRevert(
            abi.encodeWithSelector(EnclaveRegistry.OtherSigner.selector, signer, keys.addr(NEXT))
        );
        enclaves.register("", encoded, signature);
    }

    function test_aSignatureHasOneForm() public {
        bytes memory encoded = abi.encode(_claim(ENCLAVE, MEASURED));
        bytes memory good = _signClaim(ENCLAVE, encoded);
        bytes[] memory wrong = new bytes[](7);
        wrong[0] = "";
        wrong[1] = bytes.concat(good, hex"00");
        wrong[2] = _cut(good, 64);
        wrong[3] = _withV(good, 0);
        wrong[4] = _withV(good, 29);
        wrong[5] = _mirrored(good);
        wrong[6] = abi.encodePacked(bytes32(0), bytes32(uint256(1)), uint8(27));
        for (uint256 i = 0; i < wrong.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Secp256k1.MalformedSignature.selector));
            enclaves.register("", encoded, wrong[i]);
        }
    }

    function test_theZeroAddressRegistersNothing() public {
        Claim memory claim = _claim(ENCLAVE, MEASURED);
        claim.signer = address(0);
        bytes memory encoded = abi.encode(claim);
        bytes memory nobody = abi.encodePacked(bytes32(0), bytes32(0), uint8(27));
        vm.expectRevert(abi.encodeWithSelector(Secp256k1.MalformedSignature.selector));
        enclaves.register("", encoded, nobody);
    }

    function test_aClaimIsTenWordsEachInItsOneForm() public {
        bytes memory good = abi.encode(_claim(ENCLAVE, MEASURED));
        bytes[] memory wrong = new bytes[](8);
        wrong[0] = "";
        wrong[1] = bytes.concat(good, hex"00");
        wrong[2] = bytes.concat(good, bytes32(0));
        wrong[3] = _cut(good, 319);
        uint256[4] memory dirty = [uint256(2 * 32 + 11), 3 * 32, 6 * 32 + 23, 8 * 32];
        for (uint256 i = 0; i < dirty.length; ++i) {
            wrong[4 + i] = bytes.concat(good);
            wrong[4 + i][dirty[i]] = 0x01;
        }
        for (uint256 i = 0; i < wrong.length; ++i) {
            bytes memory signature = _signClaim(ENCLAVE, wrong[i]);
            vm.expectRevert(abi.encodeWithSelector(Registrations.MalformedClaim.selector));
            enclaves.register("", wrong[i], signature);
        }
    }

    function test_anotherRoleIsNoRegistration() public {
        Claim memory claim = _claim(ENCLAVE, MEASURED);
        claim.kind = keccak256("attestgate/registration/v2");
        _refuse(claim, abi.encodeWithSelector(Registrations.MalformedClaim.selector));
    }

    function test_aBlockThatIsNotRecentIsRefused() public {
        Claim memory claim = _claim(ENCLAVE, MEASURED);
        uint64[5] memory numbers = [BLOCK, BLOCK + 1, 0, BLOCK - 8192, type(uint64).max];
        for (uint256 i = 0; i < numbers.length; ++i) {
            claim.number = numbers[i];
            _refuse(claim, _notRecent(claim));
        }
        claim = _claim(ENCLAVE, MEASURED);
        claim.blockHash = keccak256("another fork");
        _refuse(claim, _notRecent(claim));
        claim.number = 0;
        claim.blockHash = 0;
        _refuse(claim, _notRecent(claim));
    }

    function test_aBlockOutsideTheNewest256CountsWhereTheChainKeepsHistory() public {
        Claim memory claim = _claim(ENCLAVE, MEASURED);
        claim.number = 15_000;
        claim.blockHash = keccak256("block 15,000");
        _refuse(claim, _notRecent(claim));
        vm.etch(HISTORY, type(History).runtimeCode);
        Claim memory unknown = _claim(ENCLAVE, MEASURED);
        unknown.number = 14_999;
        _refuse(unknown, _notRecent(unknown));
        _register(ENCLAVE, claim, "");
        vm.assertTrue(enclaves.isActive(signer, NOW));
    }

    function test_aMeasurementThatIsNotTrustedRegistersNothing() public {
        bytes32 unknown = keccak256("unknown");
        _refuse(
            _claim(ENCLAVE, unknown),
            abi.encodeWithSelector(EnclaveRegistry.MeasurementNotTrusted.selector, unknown)
        );
    }

    function test_aPlatformWithoutAVerifierRegistersNothing() public {
        vm.prank(GOVERNOR);
        measurements.allow(keccak256("sgx"), "sgx", NOW + 1 days);
        _refuse(_claim(ENCLAVE, keccak256("sgx")), _noVerifier("sgx", 0));
    }

    function test_aVerifierIsAskedADayAfterItWasNamed() public {
        Insolent verifier = new Insolent();
        verifier.tell(IEvidenceVerifier.verify.selector, address(0), "");
        vm.prank(GOVERNOR);
        enclaves.setVerifier("tdx", verifier);
        _refuse(_claim(ENCLAVE, MEASURED), _noVerifier("tdx", NOW + 24 hours));
        vm.warp(NOW + 24 hours);
        _register(ENCLAVE);
    }

    function test_theGuardianRemovesAVerifierAtOnce() public {
        vm.prank(GUARDIAN);
        enclaves.removeVerifier("tdx");
        _refuse(_claim(ENCLAVE, MEASURED), _noVerifier("tdx", 0));
        vm.expectRevert(_noVerifier("tdx", 0));
        vm.prank(GUARDIAN);
        enclaves.removeVerifier("tdx");
    }

    function test_onlyOneAnswerVouches() public {
        Insolent verifier = _insolent();
        bytes4[3] memory answers = [bytes4(0), bytes4(0xffffffff), bytes4(uint32(1))];
        for (uint256 i = 0; i < answers.length; ++i) {
            verifier.tell(answers[i], address(0), "");
            _refuse(
                _claim(ENCLAVE, MEASURED),
                abi.encodeWithSelector(EnclaveRegistry.EvidenceRefused.selector, bytes32("tdx"))
            );
        }
        vm.assertFalse(enclaves.isActive(signer, NOW));
    }

    function test_aVerifierThatCallsBackFindsTheSignerRegistered() public {
        Insolent verifier = _insolent();
        bytes memory encoded = abi.encode(_claim(ENCLAVE, MEASURED));
        bytes memory again =
            abi.encodeCall(enclaves.register, ("", encoded, _signClaim(ENCLAVE, encoded)));
        verifier.tell(IEvidenceVerifier.verify.selector, address(enclaves), again);
        _refuse(_claim(ENCLAVE, MEASURED), _already());
        vm.assertFalse(enclaves.isActive(signer, NOW));
    }

    function test_anAddressWithoutCodeIsNoVerifier() public {
        vm.expectRevert("");
        vm.prank(GOVERNOR);
        enclaves.setVerifier("tdx", IEvidenceVerifier(STRANGER));
    }

    function test_aStrangerReducesNothing() public {
        vm.startPrank(STRANGER);
        bytes memory refused = abi.encodeWithSelector(Governed.NotGuardian.selector, STRANGER);
        vm.expectRevert(refused);
        enclaves.revoke(signer);
        vm.expectRevert(refused);
        enclaves.removeVerifier("tdx");
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGovernor.selector, STRANGER));
        enclaves.setVerifier("tdx", attesters);
    }

    function test_theGuardianNamesNoVerifier() public {
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGovernor.selector, GUARDIAN));
        vm.prank(GUARDIAN);
        enclaves.setVerifier("tdx", attesters);
    }

    function test_aGuardianWhoseTermEndedRevokesNothing() public {
        uint64 end = NOW - 1 days + 180 days;
        vm.warp(end);
        vm.startPrank(GUARDIAN);
        bytes memory ended = abi.encodeWithSelector(Governed.GuardianTermEnded.selector, end);
        vm.expectRevert(ended);
        enclaves.revoke(signer);
        vm.expectRevert(ended);
        enclaves.removeVerifier("tdx");
    }

    function test_thereIsAlwaysARegistryOfMeasurements() public {
        vm.expectRevert(
            abi.encodeWithSelector(EnclaveRegistry.MeasurementRegistryRequired.selector)
        );
        new EnclaveRegistry(GOVERNOR, GUARDIAN, MeasurementRegistry(address(0)));
    }

    function test_everyDeploymentHasOneCode() public {
        EnclaveRegistry other =
            new EnclaveRegistry(STRANGER, address(0), new MeasurementRegistry(STRANGER, STRANGER));
        vm.assertEq(address(other).codehash, address(enclaves).codehash);
    }

    function testFuzz_aLeaseNeverOutlastsWhatItMay(uint64 notAfter, uint64 at) public {
        Claim memory claim = _claim(ENCLAVE, MEASURED);
        claim.notAfter = notAfter;
        bytes memory encoded = abi.encode(claim);
        try enclaves.register("", encoded, _signClaim(ENCLAVE, encoded)) {} catch {}
        if (enclaves.isActive(signer, at)) {
            vm.assertTrue(at >= NOW && at < notAfter && notAfter <= NOW + 30 days);
        }
    }

    function testFuzz_aChangedClaimIsNotTheSignedOne(uint16 place, uint8 bit) public {
        bytes memory encoded = abi.encode(_claim(ENCLAVE, MEASURED));
        bytes memory signature = _signClaim(ENCLAVE, encoded);
        encoded[place % 320] ^= bytes1(uint8(1 << (bit % 8)));
        (bool success,) =
            address(enclaves).call(abi.encodeCall(enclaves.register, ("", encoded, signature)));
        vm.assertFalse(success);
    }

    function _vouch(uint256 key) private {
        Claim memory claim = _claim(key, VOUCHED);
        uint256[] memory three = _three();
        _register(key, claim, _attest(_two(three[0], three[2]), abi.encode(claim)));
    }

    function _insolent() private returns (Insolent verifier) {
        verifier = new Insolent();
        vm.prank(GOVERNOR);
        enclaves.setVerifier("tdx", verifier);
        vm.warp(NOW + 24 hours);
    }

    function _refuse(Claim memory claim, bytes memory reason) private {
        bytes memory encoded = abi.encode(claim);
        bytes memory signature = _signClaim(ENCLAVE, encoded);
        vm.expectRevert(reason);
        enclaves.register("", encoded, signature);
    }

    function _already() private view returns (bytes memory) {
        return abi.encodeWithSelector(EnclaveRegistry.AlreadyRegistered.selector, signer);
    }

    function _outOfRange(uint64 notAfter, uint64 earliest) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            EnclaveRegistry.LeaseOutOfRange.selector, notAfter, earliest, NOW + 30 days
        );
    }

    function _notRecent(Claim memory claim) private pure returns (bytes memory) {
        return abi.encodeWithSelector(RecentBlock.NotRecent.selector, claim.number, claim.blockHash);
    }

    function _noVerifier(bytes32 platform, uint64 since) private pure returns (bytes memory) {
        return abi.encodeWithSelector(EnclaveRegistry.NoVerifier.selector, platform, since);
    }
}
