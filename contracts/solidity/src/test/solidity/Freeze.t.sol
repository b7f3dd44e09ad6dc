// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "../../main/solidity/DelegatedNames.sol";
import {Freezing} from "../../main/solidity/Freezing.sol";
import {Governed} from "../../main/solidity/Governed.sol";
import {Reductions} from "../../main/solidity/Reduction.sol";
import {PolicySuite} from "./PolicySuite.sol";

/// @notice What a freeze stops, what it does not, and when it is over.
contract FreezeTest is PolicySuite {
    function test_nothingIsPublishedDelegatedOrClearedUnderAFreeze() public {
        _publish(GOVERNOR, "a.example");
        _withdraw(GOVERNOR, "a.example");
        _freeze(1 days);
        bytes memory frozen =
            abi.encodeWithSelector(Freezing.FrozenUntil.selector, uint64(NOW + 1 days));
        vm.startPrank(GOVERNOR);
        vm.expectRevert(frozen);
        policy.publish("a.example", DOCUMENT);
        vm.expectRevert(frozen);
        policy.delegate("a.example", CONTROLLER, 1);
        vm.expectRevert(frozen);
        policy.clearTombstone("a.example");
    }

    function test_aFreezeNeverStopsWithdrawingHaltingOrReplacingTheGuardian() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "a.example");
        _publish(GOVERNOR, "b.example");
        _freeze(7 days);
        _withdraw(CONTROLLER, "a.example");
        _withdraw(GOVERNOR, "b.example");
        _halt("", 1 days);
        vm.startPrank(GOVERNOR);
        policy.renewGuardian();
        policy.lift("");
        policy.setSuccessor(STRANGER);
        policy.proposeGovernor(STRANGER);
        policy.setGuardian(STRANGER);
        policy.liftFreeze();
    }

    function test_withdrawingUnderAFreezeMovesNoNameToAWildcard() public {
        _publish(GOVERNOR, "*.example");
        _publish(GOVERNOR, "a.example");
        _freeze(7 days);
        _withdraw(GOVERNOR, "a.example");
        vm.assertEq(_status("a.example"), uint256(DelegatedNames.Status.Withdrawn));
    }

    function test_aFreezeEndsByItself() public {
        _freeze(7 days);
        _later(7 days - 1);
        vm.assertTrue(policy.isFrozen(block.timestamp));
        _later(1);
        vm.assertFalse(policy.isFrozen(block.timestamp));
        _publish(GOVERNOR, "a.example");
    }

    function test_theGovernorLiftsAFreezeAtOnce() public {
        _freeze(7 days);
        vm.prank(GOVERNOR);
        policy.liftFreeze();
        vm.assertFalse(policy.isFrozen(block.timestamp));
        _publish(GOVERNOR, "a.example");
        vm.expectRevert(abi.encodeWithSelector(Freezing.NotFrozen.selector));
        vm.prank(GOVERNOR);
        policy.liftFreeze();
    }

    function test_aFreezeLasts7DaysAtMost() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                Reductions.DurationOutOfRange.selector,
                uint64(NOW + 7 days + 1),
                uint64(NOW + 7 days)
            )
        );
        _freeze(7 days + 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                Reductions.DurationOutOfRange.selector, uint64(NOW), uint64(NOW + 7 days)
            )
        );
        _freeze(0);
    }

    function test_afterAFreezeTheContractRests() public {
        _freeze(1 days);
        _later(37 days - 1);
        vm.expectRevert(
            abi.encodeWithSelector(Freezing.FreezeRestsUntil.selector, uint64(NOW + 37 days))
        );
        _freeze(1 days);
        _later(1);
        _freeze(7 days);
    }

    function test_aLiftOrAnotherGuardianDoesNotEndTheRest() public {
        _freeze(1 days);
        vm.startPrank(GOVERNOR);
        policy.liftFreeze();
        policy.setGuardian(STRANGER);
        vm.stopPrank();
        _later(30 days);
        vm.expectRevert(
            abi.encodeWithSelector(Freezing.FreezeRestsUntil.selector, uint64(NOW + 37 days))
        );
        vm.prank(STRANGER);
        policy.freeze(uint64(block.timestamp + 1));
    }

    function test_onlyTheGuardianFreezesAndOnlyTheGovernorLifts() public {
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGuardian.selector, GOVERNOR));
        vm.prank(GOVERNOR);
        policy.freeze(NOW + 1);
        _freeze(1 days);
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGovernor.selector, GUARDIAN));
        vm.prank(GUARDIAN);
        policy.liftFreeze();
    }

    /// @dev 150 days in steps of 6 hours, in which two guardians in turn freeze whenever they may and
    /// the governor sometimes lifts: nothing is frozen for 7 days, or again within 30.
    /// forge-config: default.fuzz.runs = 32
    /// forge-config: long.fuzz.runs = 500
    function testFuzz_noChainOfFreezesOutlastsTheRest(uint256 seed) public {
        uint256 first = 0;
        uint256 last = 0;
        for (uint256 step = 0; step < 600; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 3 == 0) {
                _freezeBy(seed & 1 == 0 ? GUARDIAN : STRANGER, (seed >> 8) % 7 days);
            }
            if (seed % 41 == 0) _lift();
            if (policy.isFrozen(block.timestamp)) {
                bool again = last == 0 || block.timestamp - last >= 30 days;
                vm.assertTrue(again || block.timestamp - first < 7 days);
                if (again) first = block.timestamp;
                last = block.timestamp;
            }
            _later(6 hours);
        }
    }

    function _freezeBy(address guardian, uint256 duration) private {
        vm.prank(GOVERNOR);
        policy.setGuardian(guardian);
        vm.prank(guardian);
        try policy.freeze(uint64(block.timestamp + 1 + duration)) {} catch {}
    }

    function _lift() private {
        vm.prank(GOVERNOR);
        try policy.liftFreeze() {} catch {}
    }
}
