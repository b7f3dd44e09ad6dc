// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "../../main/solidity/DelegatedNames.sol";
import {DomainName} from "../../main/solidity/DomainName.sol";
import {Governed} from "../../main/solidity/Governed.sol";
import {PolicySuite} from "./PolicySuite.sol";

/// @notice Who may publish what, where delegations overlap, and how many names.
contract DelegationTest is PolicySuite {
    address private constant OTHER = address(0xc1);

    /// @dev The slot of the length of the list of names.
    bytes32 private constant NAMES = bytes32(uint256(12));

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

    function test_controllersLeaveRoomForTheGovernorAndTheGuardian() public {
        _delegate("a.example", CONTROLLER, 9);
        _lengthen(8_999);
        _publish(CONTROLLER, "1.a.example");
        _refuseFull(CONTROLLER, "2.a.example", 9_000);
        _publish(CONTROLLER, "1.a.example");
        _publish(GOVERNOR, "2.a.example");
        _publish(CONTROLLER, "2.a.example");
        _halt("3.a.example", 1 days);
        _delegate("b.example", OTHER, 1);
        _refuseFull(OTHER, "b.b.example", 9_000);
        vm.assertEq(policy.namesCount(), 9_003);
    }

    function test_theListEndsWhereReadersRefuseALongerOne() public {
        _delegate("a.example", CONTROLLER, 9);
        _publish(GOVERNOR, "known.example");
        _lengthen(9_998);
        _publish(GOVERNOR, "b.example");
        _refuseFull(GOVERNOR, "c.example", 9_999);
        _refuseFull(CONTROLLER, "b.a.example", 9_000);
        bytes memory full = abi.encodeWithSelector(DelegatedNames.ListFull.selector, 9_999);
        vm.expectRevert(full);
        _delegate("c.example", OTHER, 1);
        vm.expectRevert(full);
        _halt("c.example", 1 days);
        _halt("", 1 days);
        vm.assertEq(policy.namesCount(), policy.NAMES_MAX());
    }

    function test_theLastPlaceIsForTheGatewaysOwnDocument() public {
        _lengthen(9_999);
        _publish(GOVERNOR, "");
        vm.assertEq(policy.namesCount(), policy.NAMES_MAX());
    }

    function test_aFullListLeavesWhatIsInItOpen() public {
        _publish(GOVERNOR, "known.example");
        _publish(GOVERNOR, "");
        _lengthen(10_000);
        _publish(GOVERNOR, "known.example");
        _delegate("known.example", CONTROLLER, 1);
        _publish(CONTROLLER, "known.example");
        _halt("known.example", 1 days);
        _halt("", 1 days);
        _withdraw(CONTROLLER, "known.example");
        vm.assertEq(policy.namesCount(), 10_000);
    }

    /// @dev The names between are the empty ones of an array's slots that nobody wrote.
    function _lengthen(uint256 count) private {
        vm.store(address(policy), NAMES, bytes32(count));
    }

    function _refuseFull(address caller, string memory name, uint256 namesMax) private {
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.ListFull.selector, namesMax));
        _publish(caller, name);
    }

    function _refuse(address caller, string memory name) private {
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NotController.selector, name, caller));
        _publish(caller, name);
    }
}
