// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "../../main/solidity/DelegatedNames.sol";
import {DomainName} from "../../main/solidity/DomainName.sol";
import {Governed} from "../../main/solidity/Governed.sol";
import {PolicySuite} from "./PolicySuite.sol";

/// @notice Who may publish what, where delegations overlap, and how many names.
contract DelegationTest is PolicySuite {
    address private constant OTHER = address(0xc1);

    function test_aDelegationCoversTheNameItsWildcardAndAllBelow() public {
        _delegate("a.example", CONTROLLER, 9);
        vm.assertEq(policy.controllerOf("a.example"), CONTROLLER);
        vm.assertEq(policy.controllerOf("*.a.example"), CONTROLLER);
        vm.assertEq(policy.controllerOf("b.a.example"), CONTROLLER);
        vm.assertEq(policy.controllerOf("*.c.b.a.example"), CONTROLLER);
    }

    function test_aDelegationCoversNothingBesideOrAbove() public {
        _delegate("a.example", CONTROLLER, 9);
        vm.assertEq(policy.controllerOf("example"), address(0));
        vm.assertEq(policy.controllerOf("*.example"), address(0));
        vm.assertEq(policy.controllerOf("b.example"), address(0));
        vm.assertEq(policy.controllerOf("evila.example"), address(0));
        vm.assertEq(policy.controllerOf("*.evila.example"), address(0));
        vm.assertEq(policy.controllerOf("a.example.org"), address(0));
        vm.assertEq(policy.controllerOf(""), address(0));
    }

    function test_theLongestDelegatedAncestorAloneDecides() public {
        _delegate("example", CONTROLLER, 9);
        _delegate("a.example", OTHER, 9);
        vm.assertEq(policy.controllerOf("a.example"), OTHER);
        vm.assertEq(policy.controllerOf("*.a.example"), OTHER);
        vm.assertEq(policy.controllerOf("b.a.example"), OTHER);
        vm.assertEq(policy.controllerOf("*.example"), CONTROLLER);
        vm.assertEq(policy.controllerOf("b.example"), CONTROLLER);
        _refuse(CONTROLLER, "b.a.example");
        _refuse(OTHER, "b.example");
        _publish(OTHER, "b.a.example");
        _publish(CONTROLLER, "*.example");
    }

    function test_theOrderOfDelegationsDoesNotMatter() public {
        _delegate("a.example", OTHER, 9);
        _delegate("example", CONTROLLER, 9);
        vm.assertEq(policy.controllerOf("b.a.example"), OTHER);
        vm.assertEq(policy.controllerOf("b.example"), CONTROLLER);
    }

    function test_anEndedDelegationGivesItsNamesToTheNextAncestor() public {
        _delegate("example", CONTROLLER, 9);
        _delegate("a.example", OTHER, 9);
        _publish(OTHER, "b.a.example");
        _delegate("a.example", address(0), 0);
        vm.assertEq(policy.controllerOf("b.a.example"), CONTROLLER);
        _refuse(OTHER, "b.a.example");
        _withdraw(CONTROLLER, "b.a.example");
    }

    function test_theGovernorMayAlwaysPublishWithdrawAndDelegateAgain() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "a.example");
        _publish(GOVERNOR, "a.example");
        _publish(GOVERNOR, "b.a.example");
        _withdraw(GOVERNOR, "a.example");
        _delegate("a.example", OTHER, 1);
        vm.assertEq(policy.controllerOf("b.a.example"), OTHER);
    }

    function test_aNameBeyondThoseGrantedIsRefused() public {
        _delegate("a.example", CONTROLLER, 2);
        _publish(CONTROLLER, "a.example");
        _publish(CONTROLLER, "*.a.example");
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NamesExhausted.selector, 2));
        _publish(CONTROLLER, "b.a.example");
        vm.assertEq(policy.entryOf("a.example").namesUsed, 2);
    }

    function test_aNameCountsOnceHoweverOftenItIsPublished() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "a.example");
        _withdraw(CONTROLLER, "a.example");
        _publish(CONTROLLER, "a.example");
        vm.assertEq(policy.entryOf("a.example").namesUsed, 1);
    }

    function test_withdrawingGivesNoNameBack() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "b.a.example");
        _withdraw(CONTROLLER, "b.a.example");
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NamesExhausted.selector, 1));
        _publish(CONTROLLER, "c.a.example");
    }

    function test_namesOfTheGovernorAreNotCounted() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(GOVERNOR, "b.a.example");
        _publish(CONTROLLER, "c.a.example");
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NamesExhausted.selector, 1));
        _publish(CONTROLLER, "b.a.example");
    }

    function test_theSameControllerKeepsHisCountWhenTheNumberIsAmended() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "a.example");
        _delegate("a.example", CONTROLLER, 2);
        _publish(CONTROLLER, "a.example");
        _publish(CONTROLLER, "b.a.example");
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NamesExhausted.selector, 2));
        _publish(CONTROLLER, "c.a.example");
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "b.a.example");
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NamesExhausted.selector, 1));
        _publish(CONTROLLER, "c.a.example");
    }

    function test_anotherControllerBeginsAtNoNames() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "a.example");
        _delegate("a.example", OTHER, 1);
        _publish(OTHER, "b.a.example");
        vm.assertEq(policy.entryOf("a.example").namesUsed, 1);
    }

    function test_whatTheControllerBeforePublishedCountsForTheNextToo() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "a.example");
        _delegate("a.example", OTHER, 1);
        _publish(OTHER, "a.example");
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NamesExhausted.selector, 1));
        _publish(OTHER, "b.a.example");
    }

    function test_eachDelegationCountsItsOwnNames() public {
        _delegate("example", CONTROLLER, 1);
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "b.a.example");
        _publish(CONTROLLER, "b.example");
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NamesExhausted.selector, 1));
        _publish(CONTROLLER, "c.example");
    }

    function test_aDelegationIsOfOneNameToSomebodyForSomeNames() public {
        vm.startPrank(GOVERNOR);
        vm.expectRevert(abi.encodeWithSelector(DomainName.NotOneName.selector, ""));
        policy.delegate("", CONTROLLER, 1);
        vm.expectRevert(abi.encodeWithSelector(DomainName.NotOneName.selector, "*.example"));
        policy.delegate("*.example", CONTROLLER, 1);
        vm.expectRevert(
            abi.encodeWithSelector(DelegatedNames.IncompleteDelegation.selector, CONTROLLER, 0)
        );
        policy.delegate("a.example", CONTROLLER, 0);
        vm.expectRevert(
            abi.encodeWithSelector(DelegatedNames.IncompleteDelegation.selector, address(0), 1)
        );
        policy.delegate("a.example", address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NotDelegated.selector, "a.example"));
        policy.delegate("a.example", address(0), 0);
    }

    function test_onlyTheGovernorDelegates() public {
        _delegate("a.example", CONTROLLER, 1);
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGovernor.selector, CONTROLLER));
        vm.prank(CONTROLLER);
        policy.delegate("b.a.example", OTHER, 1);
    }

    function testFuzz_theNamesOfATenantNeverExceedTheGrant(uint8 granted, uint8[40] calldata tries)
        public
    {
        vm.assume(granted > 0);
        _delegate("a.example", CONTROLLER, granted);
        for (uint256 i = 0; i < tries.length; ++i) {
            vm.prank(CONTROLLER);
            try policy.publish(string.concat(vm.toString(tries[i]), ".a.example"), DOCUMENT) {}
                catch {}
        }
        vm.assertLe(policy.namesCount() - 1, granted);
        vm.assertEq(policy.entryOf("a.example").namesUsed, policy.namesCount() - 1);
    }

    function _refuse(address caller, string memory name) private {
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NotController.selector, name, caller));
        _publish(caller, name);
    }
}
