// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "../../main/solidity/DelegatedNames.sol";
import {DomainName} from "../../main/solidity/DomainName.sol";
import {Governed} from "../../main/solidity/Governed.sol";
import {Halting} from "../../main/solidity/Halting.sol";
import {Reductions} from "../../main/solidity/Reduction.sol";
import {PolicySuite} from "./PolicySuite.sol";

/// @notice What a halt stops, and that no chain of halts outlasts the rest.
contract HaltTest is PolicySuite {
    function test_aHaltCoversTheNameItsWildcardAndAllBelow() public {
        _halt("a.example", 1 days);
        vm.assertTrue(_halted("a.example"));
        vm.assertTrue(_halted("*.a.example"));
        vm.assertTrue(_halted("c.b.a.example"));
        vm.assertFalse(_halted("example"));
        vm.assertFalse(_halted("*.example"));
        vm.assertFalse(_halted("evila.example"));
        vm.assertFalse(_halted(""));
    }

    function test_aHaltOfTheGatewayCoversEverything() public {
        _halt("", 1 days);
        vm.assertTrue(_halted(""));
        vm.assertTrue(_halted("example"));
        vm.assertTrue(_halted("*.a.example"));
    }

    function test_aHaltEndsByItself() public {
        _halt("a.example", 7 days);
        vm.assertTrue(policy.isHalted("a.example", NOW + 7 days - 1));
        vm.assertFalse(policy.isHalted("a.example", NOW + 7 days));
        vm.assertFalse(policy.isHalted("a.example", NOW - 1));
    }

    function test_theGovernorLiftsAHaltAtOnce() public {
        _halt("a.example", 7 days);
        vm.prank(GOVERNOR);
        policy.lift("a.example");
        vm.assertFalse(_halted("a.example"));
        vm.expectRevert(abi.encodeWithSelector(Halting.NotHalted.selector, "a.example"));
        vm.prank(GOVERNOR);
        policy.lift("a.example");
    }

    function test_whatIsNotHaltedCannotBeLifted() public {
        vm.expectRevert(abi.encodeWithSelector(Halting.NotHalted.selector, "a.example"));
        vm.prank(GOVERNOR);
        policy.lift("a.example");
        _halt("a.example", 1 days);
        _later(1 days);
        vm.expectRevert(abi.encodeWithSelector(Halting.NotHalted.selector, "a.example"));
        vm.prank(GOVERNOR);
        policy.lift("a.example");
    }

    function test_aHaltLasts7DaysAtMost() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                Reductions.DurationOutOfRange.selector,
                uint64(NOW + 7 days + 1),
                uint64(NOW + 7 days)
            )
        );
        _halt("a.example", 7 days + 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                Reductions.DurationOutOfRange.selector, uint64(NOW), uint64(NOW + 7 days)
            )
        );
        _halt("a.example", 0);
    }

    function test_afterAHaltItsTargetRests() public {
        _halt("a.example", 1 days);
        _later(37 days - 1);
        _rests("a.example", NOW + 37 days);
        _later(1);
        _halt("a.example", 7 days);
        vm.assertTrue(_halted("a.example"));
    }

    function test_aHaltOfAParentDoesNotProlongThatOfAChild() public {
        _halt("a.example", 7 days);
        _later(6 days);
        _halt("example", 7 days);
        vm.assertTrue(_halted("a.example"));
        vm.assertTrue(_halted("b.example"));
        _later(1 days);
        vm.assertFalse(_halted("a.example"));
        vm.assertTrue(_halted("b.example"));
    }

    function test_aHaltOfAChildDoesNotProlongThatOfAParent() public {
        _halt("", 7 days);
        _later(7 days);
        _halt("a.example", 7 days);
        vm.assertFalse(_halted("a.example"));
        _later(7 days);
        vm.assertFalse(_halted("a.example"));
    }

    function test_ofTwoHaltsInOneBlockTheFirstCounts() public {
        _halt("a.example", 1 days);
        _halt("example", 7 days);
        _later(1 days);
        vm.assertFalse(_halted("a.example"));
        vm.assertTrue(_halted("b.example"));
    }

    function test_aLiftOfTheFirstHoldsAgainstThoseThatFollow() public {
        _halt("a.example", 7 days);
        vm.prank(GOVERNOR);
        policy.lift("a.example");
        _halt("example", 7 days);
        _halt("", 7 days);
        vm.assertFalse(_halted("a.example"));
        vm.assertTrue(_halted("b.org"));
    }

    function test_aHaltThatStandsCountsWhenTheFirstIs37DaysOld() public {
        _halt("a.example", 7 days);
        _later(35 days);
        _halt("example", 7 days);
        vm.assertFalse(policy.isHalted("a.example", NOW + 37 days - 1));
        vm.assertTrue(policy.isHalted("a.example", NOW + 37 days));
        vm.assertFalse(policy.isHalted("a.example", NOW + 42 days));
    }

    function test_anotherGuardianRestsAsTheFirstDid() public {
        _halt("a.example", 7 days);
        vm.prank(GOVERNOR);
        policy.setGuardian(STRANGER);
        _later(8 days);
        vm.expectRevert(
            abi.encodeWithSelector(
                Halting.HaltRestsUntil.selector, "a.example", uint64(NOW + 37 days)
            )
        );
        vm.prank(STRANGER);
        policy.halt("a.example", uint64(block.timestamp + 1 days));
        vm.prank(STRANGER);
        policy.halt("example", uint64(block.timestamp + 1 days));
        vm.assertFalse(_halted("a.example"));
    }

    function test_aHaltIsOfOneNameOrOfEverything() public {
        vm.expectRevert(abi.encodeWithSelector(DomainName.NotOneName.selector, "*.example"));
        _halt("*.example", 1 days);
        vm.expectRevert(abi.encodeWithSelector(DomainName.MalformedName.selector, "A", 0));
        _halt("A", 1 days);
    }

    function test_onlyTheGuardianHaltsAndOnlyTheGovernorLifts() public {
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGuardian.selector, GOVERNOR));
        vm.prank(GOVERNOR);
        policy.halt("a.example", NOW + 1);
        _halt("a.example", 1 days);
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGovernor.selector, GUARDIAN));
        vm.prank(GUARDIAN);
        policy.lift("a.example");
    }

    function test_aHaltTakesNoDocumentAndNoController() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "a.example");
        _halt("a.example", 1 days);
        vm.assertEq(_status("a.example"), uint256(DelegatedNames.Status.Published));
        vm.assertEq(policy.controllerOf("a.example"), CONTROLLER);
    }

    function test_aGuardianAddsOnlySoManyUnknownNames() public {
        for (uint256 i = 0; i < 256; ++i) {
            _halt(string.concat(vm.toString(i), ".example"), 1 days);
        }
        vm.expectRevert(abi.encodeWithSelector(Halting.GuardianNamesExhausted.selector, 256));
        _halt("a.example", 1 days);
        _publish(GOVERNOR, "a.example");
        _halt("a.example", 1 days);
        _halt("", 1 days);
        vm.assertTrue(_halted("a.example"));
    }

    /// @dev 150 days in steps of 6 hours, in which two guardians in turn halt whatever they may and
    /// the governor sometimes lifts: no name is halted for 7 days, or again within 30.
    /// forge-config: default.fuzz.runs = 32
    /// forge-config: long.fuzz.runs = 500
    function testFuzz_noChainOfHaltsOutlastsTheRest(uint256 seed) public {
        uint256 first = 0;
        uint256 last = 0;
        for (uint256 step = 0; step < 600; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 3 == 0) _haltAnything(seed >> 8);
            if (seed % 41 == 0) _liftAnything(seed >> 8);
            if (_halted("c.b.a.example")) {
                bool again = last == 0 || block.timestamp - last >= 30 days;
                vm.assertTrue(again || block.timestamp - first < 7 days);
                if (again) first = block.timestamp;
                last = block.timestamp;
            }
            _later(6 hours);
        }
    }

    function _haltAnything(uint256 seed) private {
        address by = seed & 1 == 0 ? GUARDIAN : STRANGER;
        vm.prank(GOVERNOR);
        policy.setGuardian(by);
        vm.prank(by);
        try policy.halt(_target(seed >> 8), uint64(block.timestamp + 1 + (seed >> 16) % 7 days)) {}
            catch {}
    }

    function _liftAnything(uint256 seed) private {
        vm.prank(GOVERNOR);
        try policy.lift(_target(seed)) {} catch {}
    }

    function _target(uint256 seed) private pure returns (string memory) {
        string[5] memory targets = ["", "example", "a.example", "b.a.example", "c.b.a.example"];
        return targets[seed % 5];
    }

    function _rests(string memory name, uint64 until) private {
        vm.expectRevert(abi.encodeWithSelector(Halting.HaltRestsUntil.selector, name, until));
        _halt(name, 1 days);
    }
}
