// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "../../main/solidity/DelegatedNames.sol";
import {MeasurementRegistry} from "../../main/solidity/MeasurementRegistry.sol";
import {PolicySuite} from "./PolicySuite.sol";

/// @notice Raw slots, read as an enclave reads them, say what the contract's functions say.
contract LayoutTest is PolicySuite {
    function test_thePolicysOwnSlotsSayWhatItsFunctionsSay() public {
        _freeze(3 days);
        vm.startPrank(GOVERNOR);
        policy.proposeGovernor(STRANGER);
        policy.setMeasurementRegistry(address(1));
        policy.setEnclaveRegistry(address(2));
        policy.setHeartbeat(address(3));
        policy.setSuccessor(address(4));
        policy.liftFreeze();
        vm.assertEq(_slot(0), uint160(policy.governor()));
        vm.assertEq(_slot(1), uint160(policy.pendingGovernor()));
        uint256 guardian = uint160(policy.guardian()) | uint256(policy.guardianTermEnd()) << 160;
        vm.assertEq(_slot(2), guardian);
        vm.assertEq(_slot(3), policy.epoch());
        vm.assertEq(_slot(4), uint256(policy.head()));
        vm.assertEq(_at(keccak256(abi.encode(policy.epoch(), 5))), uint256(policy.head()));
        for (uint256 i = 1; i <= 4; ++i) {
            vm.assertEq(_slot(6 + i), i);
        }
        (uint64 start, uint64 until, uint64 lifted, uint64 number) = policy.freezing();
        vm.assertEq(_slot(11), _packed(start, until, lifted, number));
    }

    function test_anEntrysFourSlotsSayWhatEntryOfSays() public {
        _delegate("a.example", CONTROLLER, 3);
        _publish(CONTROLLER, "a.example");
        _halt("a.example", 2 days);
        vm.prank(GOVERNOR);
        policy.lift("a.example");
        DelegatedNames.Entry memory entry = policy.entryOf("a.example");
        uint256 first = uint256(keccak256(abi.encode(keccak256("a.example"), 13)));
        vm.assertEq(_at(bytes32(first)), uint256(entry.documentHash));
        uint256 document = uint160(entry.document) | uint256(entry.documentLength) << 160;
        vm.assertEq(_at(bytes32(first + 1)), document | uint256(entry.status) << 192);
        uint256 controller = uint160(entry.controller) | uint256(entry.namesMax) << 160;
        uint256 counts = uint256(entry.namesUsed) << 192 | uint256(entry.delegation) << 224;
        vm.assertEq(_at(bytes32(first + 2)), controller | counts);
        uint256 halt =
            _packed(entry.halt.start, entry.halt.until, entry.halt.lifted, entry.halt.number);
        vm.assertEq(_at(bytes32(first + 3)), halt);
    }

    function test_theListOfNamesIsAnArrayOfTexts() public {
        _publish(GOVERNOR, "a.example");
        string memory long = "a.very.long.name.of.more.than.31.characters.example";
        _publish(GOVERNOR, long);
        vm.assertEq(_slot(12), 2);
        uint256 first = uint256(keccak256(abi.encode(12)));
        vm.assertEq(_at(bytes32(first)), uint256(bytes32("a.example")) | 9 * 2);
        vm.assertEq(_at(bytes32(first + 1)), bytes(long).length * 2 + 1);
        bytes32 content = bytes32(_at(keccak256(abi.encode(first + 1))));
        vm.assertEq(content, bytes32(bytes(long)));
    }

    function test_aMeasurementsSlotsSayWhatItsEntrySays() public {
        MeasurementRegistry registry = new MeasurementRegistry(GOVERNOR, GUARDIAN);
        vm.startPrank(GOVERNOR);
        registry.allow("older", "tdx", NOW + 9 days);
        registry.allow("newer", "tdx", NOW + 99 days);
        registry.supersede("older", "newer", 5 days);
        registry.revoke("older");
        MeasurementRegistry.Entry memory entry = registry.entryOf("older");
        uint256 first = uint256(keccak256(abi.encode(bytes32("older"), 3)));
        vm.assertEq(vm.load(address(registry), bytes32(first)), entry.platform);
        vm.assertEq(
            uint256(vm.load(address(registry), bytes32(first + 1))),
            _packed(entry.allowedAt, entry.validUntil, entry.revokedAt, 0)
        );
        vm.assertEq(vm.load(address(registry), bytes32(first + 2)), entry.supersededBy);
    }

    function _packed(uint64 a, uint64 b, uint64 c, uint64 d) private pure returns (uint256) {
        return a | uint256(b) << 64 | uint256(c) << 128 | uint256(d) << 192;
    }

    function _slot(uint256 number) private view returns (uint256) {
        return _at(bytes32(number));
    }

    function _at(bytes32 slot) private view returns (uint256) {
        return uint256(vm.load(address(policy), slot));
    }
}
