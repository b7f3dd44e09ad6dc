// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EnclaveRegistry} from "../../main/solidity/EnclaveRegistry.sol";
import {Grounds} from "../../main/solidity/IEvidenceVerifier.sol";
import {RegistrySuite} from "./RegistrySuite.sol";

/// @notice What holds after any life of the registry: random calls by everybody, looked at after each.
contract RegistryInvariantsTest is RegistrySuite {
    uint256 private constant CALLS = 30;
    uint256 private constant SIGNERS = 4;

    struct Seen {
        bytes32 measurement;
        uint256 activeFrom;
        uint256 notAfter;
        Grounds grounds;
        bool revoked;
    }

    function testFuzz_aRegistrationStandsAsItWasAndARevocationForGood(uint256 seed) public {
        for (uint256 i = 0; i < CALLS; ++i) {
            Seen[SIGNERS] memory before = _look();
            seed = uint256(keccak256(abi.encode(seed)));
            _step(seed);
            Seen[SIGNERS] memory now_ = _look();
            for (uint256 j = 0; j < SIGNERS; ++j) {
                _requireKept(before[j], now_[j]);
                _requireJudged(keys.addr(ENCLAVE + j), now_[j], seed);
            }
            vm.warp(block.timestamp + seed % 3 days);
        }
    }

    /// @dev Nothing of a registration changes but that it is revoked, and that for good.
    function _requireKept(Seen memory before, Seen memory now_) private view {
        vm.assertTrue(now_.revoked || !before.revoked);
        if (before.activeFrom != 0) {
            vm.assertEq(now_.measurement, before.measurement);
            vm.assertEq(now_.activeFrom, before.activeFrom);
            vm.assertEq(now_.notAfter, before.notAfter);
            vm.assertTrue(now_.grounds == before.grounds);
        } else if (now_.activeFrom != 0) {
            vm.assertFalse(before.revoked);
            uint256 delay = now_.grounds == Grounds.Attesters ? 24 hours : 0;
            vm.assertEq(now_.activeFrom, block.timestamp + delay);
            vm.assertLe(now_.notAfter, block.timestamp + 30 days);
            vm.assertTrue(now_.notAfter > now_.activeFrom);
        }
    }

    /// @dev Active exactly where registration, lease, revocation and measurement say so.
    function _requireJudged(address signer, Seen memory seen, uint256 seed) private view {
        uint256 at = NOW + (seed >> 64) % 200 days;
        bool active = seen.activeFrom != 0 && !seen.revoked && at >= seen.activeFrom
            && at < seen.notAfter && measurements.isTrusted(seen.measurement, at);
        vm.assertTrue(enclaves.isActive(signer, at) == active);
    }

    function _step(uint256 seed) private {
        uint256 key = ENCLAVE + (seed >> 8) % SIGNERS;
        bytes memory call = _data(seed % 12, key, seed >> 16);
        vm.prank([GOVERNOR, GUARDIAN, STRANGER][(seed >> 40) % 3]);
        (bool success,) = address(enclaves).call(call);
        if (!success && seed % 12 == 11 && (seed >> 48) % 8 == 0) {
            vm.prank(GUARDIAN);
            (success,) = address(measurements).call(abi.encodeCall(measurements.revoke, (VOUCHED)));
        }
    }

    function _data(uint256 choice, uint256 key, uint256 seed) private view returns (bytes memory) {
        address signer = keys.addr(key);
        if (choice == 0) return abi.encodeCall(enclaves.revoke, (signer));
        if (choice == 1) return abi.encodeCall(enclaves.removeVerifier, ("tdx"));
        if (choice == 2) return abi.encodeCall(enclaves.setVerifier, ("tdx", attesters));
        if (choice == 3) return abi.encodeCall(enclaves.setVerifier, ("nitro", attesters));
        Claim memory claim = _claim(key, choice % 2 == 0 ? MEASURED : VOUCHED);
        claim.notAfter = uint64(block.timestamp + seed % 32 days);
        bytes memory encoded = abi.encode(claim);
        uint256[] memory three = _three();
        bytes memory evidence = _attest(_two(three[0], three[1]), encoded);
        return abi.encodeCall(enclaves.register, (evidence, encoded, _signClaim(key, encoded)));
    }

    function _look() private view returns (Seen[SIGNERS] memory seen) {
        for (uint256 i = 0; i < SIGNERS; ++i) {
            EnclaveRegistry.Enclave memory enclave = enclaves.enclaveOf(keys.addr(ENCLAVE + i));
            seen[i] = Seen(
                enclave.measurement,
                enclave.activeFrom,
                enclave.notAfter,
                enclave.grounds,
                enclave.revoked
            );
        }
    }
}
