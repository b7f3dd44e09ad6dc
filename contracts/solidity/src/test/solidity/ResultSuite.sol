// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {GatewayPolicy} from "../../main/solidity/GatewayPolicy.sol";
import {Result} from "../../main/solidity/Result.sol";
import {SignedResults} from "../../main/solidity/SignedResults.sol";
import {RegistrySuite} from "./RegistrySuite.sol";

/// @notice A registered enclave that signs results under a policy.
abstract contract ResultSuite is RegistrySuite {
    bytes32 private constant TYPE = keccak256(
        "Result(address gateway,uint64 policyEpoch,bytes32 policyHead,bytes32 requestHash,bytes32 responseHash,bytes32 upstream,uint64 issuedAt,uint64 sequence)"
    );

    GatewayPolicy internal policy;
    SignedResults internal results;

    function setUp() public virtual override {
        super.setUp();
        policy =
            new GatewayPolicy(GOVERNOR, GUARDIAN, address(measurements), address(0), address(0));
        results = new SignedResults(policy);
        vm.startPrank(GOVERNOR);
        policy.setEnclaveRegistry(address(enclaves));
        policy.publish("a.example", '{"domain":"a.example"}');
        vm.stopPrank();
        _register(ENCLAVE);
        vm.warp(NOW + 1 hours);
    }

    function _result(uint64 sequence) internal view returns (Result memory) {
        return Result(
            keys.addr(ENCLAVE),
            policy.epoch(),
            policy.head(),
            keccak256("request"),
            keccak256("response"),
            keccak256("upstream"),
            NOW + 1 hours - 5,
            sequence
        );
    }

    function _hash(Result memory result) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPE, result));
    }

    function _resultDigest(Result memory result) internal view returns (bytes32) {
        return _digest(address(results), block.chainid, _hash(result));
    }

    function _signed(Result memory result) internal view returns (bytes memory) {
        return _sign(ENCLAVE, _resultDigest(result));
    }

    function _signedBatch(bytes32 root) internal view returns (bytes memory) {
        bytes32 hash = keccak256(
            abi.encode(
                keccak256("ResultBatch(address gateway,bytes32 root)"), keys.addr(ENCLAVE), root
            )
        );
        return _sign(ENCLAVE, _digest(address(results), block.chainid, hash));
    }

    function _leaf(Result memory result) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), _hash(result)));
    }

    function _node(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b
            ? keccak256(abi.encodePacked(uint8(1), a, b))
            : keccak256(abi.encodePacked(uint8(1), b, a));
    }
}
