// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {PolicySuite} from "./PolicySuite.sol";

/// @notice Random lives of a GatewayPolicy: every function that changes something, by everybody, on
/// names that lie in each other, beside each other, and only look alike.
abstract contract PolicyLife is PolicySuite {
    uint256 internal constant CALLS = 80;
    uint256 internal constant NAMES = 8;

    /// @dev One random call; whether it succeeded.
    function _call(address caller, uint256 seed) internal returns (bool success) {
        bytes memory data = _data(seed % 24, _name((seed >> 8) % NAMES), seed >> 16);
        vm.prank(caller);
        (success,) = address(policy).call(data);
    }

    function _next(uint256 seed) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed)));
    }

    /// @dev Whoever governs and guards now comes as often as the others together.
    function _caller(uint256 seed) internal view returns (address) {
        address[6] memory callers =
            [policy.governor(), policy.guardian(), GOVERNOR, GUARDIAN, CONTROLLER, STRANGER];
        return callers[seed % 6];
    }

    function _name(uint256 i) internal pure returns (string memory) {
        string[NAMES] memory names = [
            "",
            "example",
            "*.example",
            "a.example",
            "*.a.example",
            "b.a.example",
            "evila.example",
            "org"
        ];
        return names[i];
    }

    function _data(uint256 choice, string memory name, uint256 seed)
        private
        view
        returns (bytes memory)
    {
        uint64 until = uint64(block.timestamp + seed % 8 days);
        address who = seed >> 32 & 1 == 0 ? CONTROLLER : STRANGER;
        if (choice < 4) return abi.encodeCall(policy.publish, (name, abi.encode(seed % 4)));
        if (choice < 6) return abi.encodeCall(policy.withdraw, (name));
        if (choice == 6) return abi.encodeCall(policy.clearTombstone, (name));
        if (choice < 9) return abi.encodeCall(policy.delegate, (name, who, uint32(1 + seed % 3)));
        if (choice == 9) return abi.encodeCall(policy.delegate, (name, address(0), 0));
        if (choice == 10) return abi.encodeCall(policy.freeze, (until));
        if (choice == 11) return abi.encodeCall(policy.liftFreeze, ());
        if (choice < 14) return abi.encodeCall(policy.halt, (name, until));
        if (choice == 14) return abi.encodeCall(policy.lift, (name));
        if (choice == 15) return abi.encodeCall(policy.store, (abi.encode(seed % 4)));
        return _roleData(choice, who);
    }

    function _roleData(uint256 choice, address who) private view returns (bytes memory) {
        if (choice == 16) return abi.encodeCall(policy.renewGuardian, ());
        if (choice == 17) return abi.encodeCall(policy.setGuardian, (GUARDIAN));
        if (choice == 18) return abi.encodeCall(policy.setSuccessor, (who));
        if (choice == 19) return abi.encodeCall(policy.setHeartbeat, (who));
        if (choice == 20) return abi.encodeCall(policy.setMeasurementRegistry, (who));
        if (choice == 21) return abi.encodeCall(policy.setEnclaveRegistry, (who));
        if (choice == 22) return abi.encodeCall(policy.proposeGovernor, (who));
        return abi.encodeCall(policy.acceptGovernor, ());
    }
}
