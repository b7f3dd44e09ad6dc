// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "../../main/solidity/DelegatedNames.sol";
import {DocumentStore} from "../../main/solidity/DocumentStore.sol";
import {DomainName} from "../../main/solidity/DomainName.sol";
import {GatewayPolicy} from "../../main/solidity/GatewayPolicy.sol";
import {Governed} from "../../main/solidity/Governed.sol";
import {PolicySuite} from "./PolicySuite.sol";

/// @notice Publishing, withdrawing and tombstones.
contract PublishTest is PolicySuite {
    function test_aPublishedNameHasItsDocument() public {
        _publish(GOVERNOR, "a.example");
        (bytes32 hash, bytes memory document) = policy.documentOf("a.example");
        vm.assertEq(hash, keccak256(DOCUMENT));
        vm.assertEq(document, DOCUMENT);
        DelegatedNames.Entry memory entry = policy.entryOf("a.example");
        vm.assertEq(entry.documentHash, keccak256(DOCUMENT));
        vm.assertEq(entry.documentLength, DOCUMENT.length);
        vm.assertEq(entry.document, policy.addressOf(entry.documentHash, entry.documentLength));
    }

    function test_aDocumentThatIsStoredAlreadyIsPublishedFromThere() public {
        vm.prank(STRANGER);
        (, address at) = policy.store(DOCUMENT);
        vm.assertEq(policy.epoch(), 2);
        _publish(GOVERNOR, "a.example");
        vm.assertEq(policy.entryOf("a.example").document, at);
    }

    function test_storingChangesNoHead() public {
        bytes32 head = policy.head();
        policy.store(DOCUMENT);
        vm.assertEq(policy.head(), head);
    }

    function test_aNameMayBePublishedAgainWithAnotherDocument() public {
        _publish(GOVERNOR, "a.example");
        vm.prank(GOVERNOR);
        policy.publish("a.example", "other");
        (, bytes memory document) = policy.documentOf("a.example");
        vm.assertEq(document, "other");
        vm.assertEq(policy.namesCount(), 1);
    }

    function test_aWithdrawnNameLeavesATombstone() public {
        _publish(GOVERNOR, "a.example");
        _withdraw(GOVERNOR, "a.example");
        vm.assertEq(_status("a.example"), uint256(DelegatedNames.Status.Withdrawn));
        (bytes32 hash, bytes memory document) = policy.documentOf("a.example");
        vm.assertEq(hash, 0);
        vm.assertEq(document, "");
        DelegatedNames.Entry memory entry = policy.entryOf("a.example");
        vm.assertEq(entry.documentHash, 0);
        vm.assertEq(entry.document, address(0));
        vm.assertEq(entry.documentLength, 0);
    }

    function test_aTombstoneGoesByPublishingAgain() public {
        _publish(GOVERNOR, "a.example");
        _withdraw(GOVERNOR, "a.example");
        _publish(GOVERNOR, "a.example");
        vm.assertEq(_status("a.example"), uint256(DelegatedNames.Status.Published));
    }

    function test_aTombstoneGoesWhenTheGovernorClearsIt() public {
        _publish(GOVERNOR, "a.example");
        _withdraw(GOVERNOR, "a.example");
        vm.prank(GOVERNOR);
        policy.clearTombstone("a.example");
        vm.assertEq(_status("a.example"), uint256(DelegatedNames.Status.Listed));
    }

    function test_onlyTheGovernorClearsATombstone() public {
        _delegate("a.example", CONTROLLER, 1);
        _publish(CONTROLLER, "a.example");
        _withdraw(CONTROLLER, "a.example");
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGovernor.selector, CONTROLLER));
        vm.prank(CONTROLLER);
        policy.clearTombstone("a.example");
    }

    function test_whatHasNoTombstoneCannotBeCleared() public {
        _publish(GOVERNOR, "a.example");
        vm.expectRevert(abi.encodeWithSelector(GatewayPolicy.NotWithdrawn.selector, "a.example"));
        vm.prank(GOVERNOR);
        policy.clearTombstone("a.example");
    }

    function test_whatIsNotPublishedCannotBeWithdrawn() public {
        vm.expectRevert(abi.encodeWithSelector(GatewayPolicy.NotPublished.selector, "a.example"));
        _withdraw(GOVERNOR, "a.example");
        _publish(GOVERNOR, "a.example");
        _withdraw(GOVERNOR, "a.example");
        vm.expectRevert(abi.encodeWithSelector(GatewayPolicy.NotPublished.selector, "a.example"));
        _withdraw(GOVERNOR, "a.example");
    }

    function test_aStrangerPublishesAndWithdrawsNothing() public {
        vm.expectRevert(
            abi.encodeWithSelector(DelegatedNames.NotController.selector, "a.example", STRANGER)
        );
        _publish(STRANGER, "a.example");
        _publish(GOVERNOR, "a.example");
        vm.expectRevert(
            abi.encodeWithSelector(DelegatedNames.NotController.selector, "a.example", STRANGER)
        );
        _withdraw(STRANGER, "a.example");
    }

    function test_theZeroAddressControlsNothing() public {
        vm.expectRevert(
            abi.encodeWithSelector(DelegatedNames.NotController.selector, "a.example", address(0))
        );
        _publish(address(0), "a.example");
    }

    function test_theGatewaysDocumentIsTheGovernorsAlone() public {
        _publish(GOVERNOR, "");
        _delegate("example", CONTROLLER, 9);
        vm.expectRevert(
            abi.encodeWithSelector(DelegatedNames.NotController.selector, "", CONTROLLER)
        );
        _publish(CONTROLLER, "");
        vm.expectRevert(abi.encodeWithSelector(DelegatedNames.NotController.selector, "", GUARDIAN));
        _withdraw(GUARDIAN, "");
        _withdraw(GOVERNOR, "");
    }

    function test_aNameThatIsNoneIsNotPublished() public {
        vm.expectRevert(abi.encodeWithSelector(DomainName.MalformedName.selector, "A.example", 0));
        _publish(GOVERNOR, "A.example");
    }

    function test_aDocumentOfNoBytesIsNotPublished() public {
        vm.expectRevert(abi.encodeWithSelector(DocumentStore.EmptyDocument.selector));
        vm.prank(GOVERNOR);
        policy.publish("a.example", "");
    }

    function test_namesAreListedOnceInOrderOfAppearance() public {
        _publish(GOVERNOR, "a.example");
        _delegate("b.example", CONTROLLER, 1);
        _halt("c.example", 1 days);
        _publish(GOVERNOR, "b.example");
        _withdraw(GOVERNOR, "a.example");
        _publish(GOVERNOR, "");
        string[] memory all = policy.names(0, type(uint256).max);
        vm.assertEq(all.length, 4);
        vm.assertEq(all[0], "a.example");
        vm.assertEq(all[1], "b.example");
        vm.assertEq(all[2], "c.example");
        vm.assertEq(all[3], "");
    }

    function test_namesAreReadInPages() public {
        _publish(GOVERNOR, "a.example");
        _publish(GOVERNOR, "b.example");
        _publish(GOVERNOR, "c.example");
        vm.assertEq(policy.names(1, 1).length, 1);
        vm.assertEq(policy.names(1, 1)[0], "b.example");
        vm.assertEq(policy.names(2, 5).length, 1);
        vm.assertEq(policy.names(3, 5).length, 0);
        vm.assertEq(policy.names(type(uint256).max, type(uint256).max).length, 0);
    }

    function test_changesOfDifferentNamesDoNotConflict() public {
        uint256 root = _both("a.example", "b.example");
        vm.assertEq(root, _both("b.example", "a.example"));
    }

    /// @dev What both names hold after publishing them in this order, on a policy of their own.
    function _both(string memory first, string memory second) private returns (uint256) {
        setUp();
        _publish(GOVERNOR, first);
        _publish(GOVERNOR, second);
        (bytes32 a,) = policy.documentOf("a.example");
        (bytes32 b,) = policy.documentOf("b.example");
        return uint256(keccak256(abi.encode(a, b, policy.epoch())));
    }
}
