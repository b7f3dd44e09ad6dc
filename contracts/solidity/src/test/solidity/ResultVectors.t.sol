// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Eip712} from "../../main/solidity/Eip712.sol";
import {Registrations} from "../../main/solidity/Registration.sol";
import {Result, Results} from "../../main/solidity/Result.sol";
import {Suite} from "./Suite.sol";

/// @notice The hashes of the contracts, at whatever address the vectors name.
contract Hasher {
    function structHash(Result calldata result) external pure returns (bytes32) {
        return Results.structHash(result);
    }

    function root(bytes32 hash, bytes32[] calldata path) external pure returns (bytes32) {
        return Results.rootOf(hash, path);
    }

    function claimHash(bytes calldata claim) external pure returns (bytes32) {
        Registrations.decode(claim);
        return Registrations.structHash(claim);
    }

    function batchHash(address gateway, bytes32 root_) external pure returns (bytes32) {
        return Results.batchHash(gateway, root_);
    }

    function digest(bytes32 hash) external view returns (bytes32) {
        return Eip712.digest(hash);
    }
}

interface ArrayVm {
    function parseJsonBytes32Array(string calldata json, string calldata key)
        external
        pure
        returns (bytes32[] memory);
}

/// @notice Arrives at the digests of the vector file.
contract ResultVectorsTest is Suite {
    string private constant FILE = "src/main/resources/io/attestgate/contracts/result-vectors.json";

    string private json;

    function setUp() public {
        json = vm.readFile(FILE);
        vm.assertEq(block.chainid, vm.parseJsonUint(json, ".chainId"));
    }

    function test_everyResultHasTheDigestOfItsVectorAndIsInTheBatch() public {
        Hasher hasher = _at(".contract");
        for (uint256 i = 0; i < 5; ++i) {
            string memory key = string.concat(".results[", vm.toString(i), "]");
            bytes32 hash = hasher.structHash(_result(key));
            vm.assertEq(hash, _bytes32(key, ".structHash"));
            vm.assertEq(hasher.digest(hash), _bytes32(key, ".digest"));
            bytes32[] memory path =
                ArrayVm(address(vm)).parseJsonBytes32Array(json, string.concat(key, ".path"));
            vm.assertEq(hasher.root(hash, path), _bytes32("", ".batch.root"));
        }
    }

    function test_theBatchHasTheDigestOfItsVector() public {
        Hasher hasher = _at(".contract");
        address gateway = vm.parseJsonAddress(json, ".batch.gateway");
        bytes32 hash = hasher.batchHash(gateway, _bytes32("", ".batch.root"));
        vm.assertEq(hash, _bytes32("", ".batch.structHash"));
        vm.assertEq(hasher.digest(hash), _bytes32("", ".batch.digest"));
    }

    function test_aRegistrationAndItsAttestationHaveTheDigestsOfTheirVectors() public {
        bytes memory claim = vm.parseJsonBytes(json, ".registration.claim");
        Hasher hasher = _at(".registration.registry");
        bytes32 hash = hasher.claimHash(claim);
        vm.assertEq(hasher.digest(hash), _bytes32("", ".registration.digest"));
        hash = keccak256(abi.encode(keccak256("Attestation(bytes32 claim)"), keccak256(claim)));
        vm.assertEq(_at(".attestation.verifier").digest(hash), _bytes32("", ".attestation.digest"));
    }

    function _result(string memory key) private view returns (Result memory) {
        return Result(
            vm.parseJsonAddress(json, string.concat(key, ".gateway")),
            _uint64(key, ".policyEpoch"),
            _bytes32(key, ".policyHead"),
            _bytes32(key, ".requestHash"),
            _bytes32(key, ".responseHash"),
            _bytes32(key, ".upstream"),
            _uint64(key, ".issuedAt"),
            _uint64(key, ".sequence")
        );
    }

    function _at(string memory key) private returns (Hasher) {
        address at = vm.parseJsonAddress(json, key);
        vm.etch(at, type(Hasher).runtimeCode);
        return Hasher(at);
    }

    function _bytes32(string memory key, string memory field) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, string.concat(key, field));
    }

    function _uint64(string memory key, string memory field) private view returns (uint64) {
        return uint64(vm.parseJsonUint(json, string.concat(key, field)));
    }
}
