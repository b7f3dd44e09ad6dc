// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {GatewayPolicy} from "../../main/solidity/GatewayPolicy.sol";
import {Governed} from "../../main/solidity/Governed.sol";
import {PolicySuite} from "./PolicySuite.sol";

/// @notice Roles: how they are handed over, and that nobody can lock the governor out.
contract GovernedTest is PolicySuite {
    function test_theConstructorCommitsToItsRoles() public {
        vm.assertEq(policy.epoch(), 2);
        vm.assertEq(_newPolicy(GOVERNOR, address(0)).epoch(), 1);
        GatewayPolicy wired =
            new GatewayPolicy(GOVERNOR, GUARDIAN, address(1), address(2), address(3));
        vm.assertEq(wired.epoch(), 5);
        vm.assertEq(wired.measurementRegistry(), address(1));
        vm.assertEq(wired.enclaveRegistry(), address(2));
        vm.assertEq(wired.heartbeat(), address(3));
    }

    function test_everyDeploymentOfOneReleaseHasOneCode() public {
        GatewayPolicy other =
            new GatewayPolicy(CONTROLLER, address(0), STRANGER, address(0), STRANGER);
        vm.assertEq(address(other).codehash, address(policy).codehash);
    }

    function test_aContractWithoutAGovernorIsNotMade() public {
        vm.expectRevert(abi.encodeWithSelector(Governed.GovernorRequired.selector));
        _newPolicy(address(0), GUARDIAN);
    }

    function test_theGovernorHandsOverInTwoSteps() public {
        vm.prank(GOVERNOR);
        policy.proposeGovernor(STRANGER);
        vm.assertEq(policy.governor(), GOVERNOR);
        vm.prank(STRANGER);
        policy.acceptGovernor();
        vm.assertEq(policy.governor(), STRANGER);
        vm.assertEq(policy.pendingGovernor(), address(0));
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGovernor.selector, GOVERNOR));
        vm.prank(GOVERNOR);
        policy.proposeGovernor(GOVERNOR);
    }

    function test_aProposalIsTakenBack() public {
        vm.startPrank(GOVERNOR);
        policy.proposeGovernor(STRANGER);
        policy.proposeGovernor(address(0));
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(Governed.NotPendingGovernor.selector, STRANGER));
        vm.prank(STRANGER);
        policy.acceptGovernor();
    }

    function test_nobodyElseAccepts() public {
        vm.expectRevert(abi.encodeWithSelector(Governed.NotPendingGovernor.selector, STRANGER));
        vm.prank(STRANGER);
        policy.acceptGovernor();
        vm.expectRevert(abi.encodeWithSelector(Governed.NotPendingGovernor.selector, GUARDIAN));
        vm.prank(GUARDIAN);
        policy.acceptGovernor();
    }

    function test_theGuardiansTermEndsAfter180Days() public {
        _later(180 days - 1);
        _halt("a.example", 1 days);
        _later(1);
        vm.expectRevert(
            abi.encodeWithSelector(Governed.GuardianTermEnded.selector, uint64(NOW + 180 days))
        );
        _halt("b.example", 1 days);
    }

    function test_theGovernorRenewsTheTerm() public {
        _later(200 days);
        vm.prank(GOVERNOR);
        policy.renewGuardian();
        vm.assertEq(policy.guardianTermEnd(), block.timestamp + 180 days);
        _freeze(1 days);
    }

    function test_thereIsNoTermToRenewWithoutAGuardian() public {
        vm.startPrank(GOVERNOR);
        policy.setGuardian(address(0));
        vm.assertEq(policy.guardianTermEnd(), 0);
        vm.expectRevert(abi.encodeWithSelector(Governed.NoGuardian.selector));
        policy.renewGuardian();
    }

    function test_theZeroAddressIsNoGuardian() public {
        vm.prank(GOVERNOR);
        policy.setGuardian(address(0));
        vm.expectRevert(abi.encodeWithSelector(Governed.GuardianTermEnded.selector, uint64(0)));
        vm.prank(address(0));
        policy.freeze(NOW + 1);
    }

    function test_theReplacedGuardianIsNoneAnyMore() public {
        vm.prank(GOVERNOR);
        policy.setGuardian(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGuardian.selector, GUARDIAN));
        _freeze(1 days);
    }

    function test_whatTheGovernorAloneMayNobodyElseDoes() public {
        address[3] memory others = [GUARDIAN, CONTROLLER, STRANGER];
        for (uint256 i = 0; i < others.length; ++i) {
            _refused(others[i], abi.encodeCall(policy.proposeGovernor, (others[i])));
            _refused(others[i], abi.encodeCall(policy.setGuardian, (others[i])));
            _refused(others[i], abi.encodeCall(policy.renewGuardian, ()));
            _refused(others[i], abi.encodeCall(policy.setMeasurementRegistry, (others[i])));
            _refused(others[i], abi.encodeCall(policy.setEnclaveRegistry, (others[i])));
            _refused(others[i], abi.encodeCall(policy.setHeartbeat, (others[i])));
            _refused(others[i], abi.encodeCall(policy.setSuccessor, (others[i])));
            _refused(others[i], abi.encodeCall(policy.clearTombstone, ("a.example")));
            _refused(others[i], abi.encodeCall(policy.delegate, ("a.example", others[i], 1)));
            _refused(others[i], abi.encodeCall(policy.lift, ("")));
            _refused(others[i], abi.encodeCall(policy.liftFreeze, ()));
        }
    }

    function test_registriesAndSuccessorLieInTheirSlots() public {
        vm.startPrank(GOVERNOR);
        policy.setMeasurementRegistry(address(1));
        policy.setEnclaveRegistry(address(2));
        policy.setHeartbeat(address(3));
        policy.setSuccessor(address(4));
        vm.assertEq(policy.measurementRegistry(), address(1));
        vm.assertEq(policy.enclaveRegistry(), address(2));
        vm.assertEq(policy.heartbeat(), address(3));
        vm.assertEq(policy.successor(), address(4));
    }

    function _refused(address caller, bytes memory call) private {
        vm.prank(caller);
        (bool success, bytes memory reason) = address(policy).call(call);
        vm.assertFalse(success);
        vm.assertEq(reason, abi.encodeWithSelector(Governed.NotGovernor.selector, caller));
    }
}
