// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {DemoVotes} from "../../main/solidity/DemoVotes.sol";
import {GatewayPolicy} from "../../main/solidity/GatewayPolicy.sol";
import {Governed} from "../../main/solidity/Governed.sol";
import {PolicyGovernor} from "../../main/solidity/PolicyGovernor.sol";
import {PolicyTimelock} from "../../main/solidity/PolicyTimelock.sol";
import {Suite} from "./Suite.sol";

/// @notice Schedules in its constructor what nobody decided.
contract SchedulingConstructor {
    constructor(PolicyTimelock timelock) {
        bytes memory call =
            abi.encodeCall(timelock.grantRole, (timelock.PROPOSER_ROLE(), address(0xd0)));
        timelock.schedule(address(timelock), 0, call, 0, 0, timelock.getMinDelay());
    }
}

/// @notice A DAO's way from a proposal to a document that is enforced, and what nobody can do to it.
contract GovernanceTest is Suite {
    address private constant VOTER = address(0xe1);
    address private constant MINORITY = address(0xe2);
    address private constant GUARDIAN = address(0xb0);
    address private constant STRANGER = address(0xd0);
    bytes private constant DOCUMENT = '{"domain":"a.example"}';
    string private constant WHY = "Publish a.example";

    uint48 private constant VOTING_DELAY = 1 days;
    uint32 private constant VOTING_PERIOD = 5 days;
    uint48 private constant VOTE_EXTENSION = 2 days;
    uint256 private constant DELAY = 3 days;
    uint8 private constant AGAINST = 0;
    uint8 private constant FOR = 1;

    DemoVotes private token;
    PolicyTimelock private timelock;
    PolicyGovernor private governor;
    GatewayPolicy private policy;

    function setUp() public {
        vm.warp(NOW);
        token = new DemoVotes(VOTER, 1000);
        address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        timelock = new PolicyTimelock(DELAY, next);
        governor = new PolicyGovernor(
            token,
            timelock,
            PolicyGovernor.Terms(VOTING_DELAY, VOTING_PERIOD, VOTE_EXTENSION, 10, 4)
        );
        vm.assertEq(address(governor), next);
        policy = new GatewayPolicy(address(timelock), GUARDIAN, address(0), address(0), address(0));
        vm.startPrank(VOTER);
        token.transfer(MINORITY, 100);
        token.delegate(VOTER);
        vm.stopPrank();
        vm.prank(MINORITY);
        token.delegate(MINORITY);
        vm.warp(NOW + 1);
    }

    function test_aProposalIsVotedQueuedAndAfterItsDelayEnforced() public {
        uint256 id = _propose(_publishing());
        _state(id, IGovernor.ProposalState.Pending);
        _voteFor(id);
        _state(id, IGovernor.ProposalState.Active);
        _later(VOTING_PERIOD);
        _state(id, IGovernor.ProposalState.Succeeded);
        _queue(_publishing());
        _state(id, IGovernor.ProposalState.Queued);
        _later(DELAY - 1);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        _execute(_publishing());
        _later(1);
        vm.prank(STRANGER);
        _execute(_publishing());
        _state(id, IGovernor.ProposalState.Executed);
        (bytes32 documentHash,) = policy.documentOf("a.example");
        vm.assertEq(documentHash, keccak256(DOCUMENT));
    }

    function test_aQuorumReachedLateLeavesTimeToAnswer() public {
        uint256 id = _propose(_publishing());
        _later(VOTING_DELAY + VOTING_PERIOD);
        uint256 deadline = governor.proposalDeadline(id);
        _vote(VOTER, id, FOR);
        vm.assertEq(governor.proposalDeadline(id), block.timestamp + VOTE_EXTENSION);
        vm.assertTrue(governor.proposalDeadline(id) > deadline);
        _later(VOTE_EXTENSION);
        _state(id, IGovernor.ProposalState.Active);
        _vote(MINORITY, id, AGAINST);
        _later(1);
        _state(id, IGovernor.ProposalState.Succeeded);
    }

    function test_aVoteWithoutItsQuorumIsDefeated() public {
        vm.prank(MINORITY);
        token.transfer(STRANGER, 61);
        vm.prank(STRANGER);
        token.delegate(STRANGER);
        _later(1);
        uint256 id = _proposeBy(MINORITY, _publishing());
        _later(VOTING_DELAY + 1);
        _vote(MINORITY, id, FOR);
        _later(VOTING_PERIOD);
        _state(id, IGovernor.ProposalState.Defeated);
    }

    function test_whoHasTooFewVotesDoesNotPropose() public {
        vm.expectPartialRevert(IGovernor.GovernorInsufficientProposerVotes.selector);
        _proposeBy(STRANGER, _publishing());
    }

    function test_nobodyCancelsAProposalNotEvenWhoMadeIt() public {
        uint256 id = _propose(_publishing());
        address[5] memory all = [VOTER, MINORITY, GUARDIAN, address(timelock), address(this)];
        for (uint256 i = 0; i < all.length; ++i) {
            _refuseCancel(all[i], id);
        }
        _later(VOTING_DELAY + 1);
        _refuseCancel(VOTER, id);
        _vote(VOTER, id, FOR);
        _later(VOTING_PERIOD);
        _queue(_publishing());
        _refuseCancel(VOTER, id);
        bytes32 operation = _operation();
        vm.assertTrue(timelock.isOperationPending(operation));
        for (uint256 i = 0; i < all.length; ++i) {
            vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
            vm.prank(all[i]);
            timelock.cancel(operation);
        }
    }

    function test_noVoteMakesACanceller() public {
        bytes memory grant = abi.encodeCall(timelock.grantRole, (timelock.CANCELLER_ROLE(), VOTER));
        bytes memory refused = abi.encodeWithSelector(PolicyTimelock.NobodyCancels.selector, VOTER);
        vm.expectRevert(refused);
        vm.prank(address(timelock));
        (bool success,) = address(timelock).call(grant);
        vm.assertTrue(success);
    }

    function test_theRolesReadBackWholeAreTheGovernorsEverybodysAndTheTimelocksOwn() public view {
        _rolesAsPlanned(timelock);
    }

    function test_whoDeployedHasNothingLeft() public {
        bytes32 proposer = timelock.PROPOSER_ROLE();
        vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        timelock.grantRole(proposer, address(this));
        vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        timelock.schedule(address(policy), 0, _publishing(), 0, 0, DELAY);
        vm.expectPartialRevert(TimelockController.TimelockUnauthorizedCaller.selector);
        timelock.updateDelay(0);
        vm.expectPartialRevert(IGovernor.GovernorOnlyExecutor.selector);
        governor.setVotingPeriod(1);
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGovernor.selector, address(this)));
        policy.setGuardian(address(this));
    }

    /// @dev The deployer as first proposer, who hands over by an operation and hides another beside it:
    /// nobody can cancel it and it never expires.
    function test_whatAFirstProposerHidesShowsInTheFirstProposerAndTheCount() public {
        PolicyTimelock hostile = new PolicyTimelock(DELAY, address(this));
        bytes32 proposer = hostile.PROPOSER_ROLE();
        bytes[3] memory calls = [
            abi.encodeCall(hostile.grantRole, (proposer, STRANGER)),
            abi.encodeCall(hostile.grantRole, (proposer, address(governor))),
            abi.encodeCall(hostile.revokeRole, (proposer, address(this)))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            hostile.schedule(address(hostile), 0, calls[i], 0, 0, DELAY);
        }
        _later(DELAY);
        hostile.execute(address(hostile), 0, calls[1], 0, 0);
        hostile.execute(address(hostile), 0, calls[2], 0, 0);
        _rolesAsPlanned(hostile);
        vm.assertEq(hostile.firstProposer(), address(this));
        vm.assertEq(hostile.operationsScheduled(), 3);
        hostile.execute(address(hostile), 0, calls[0], 0, 0);
        vm.assertTrue(hostile.hasRole(proposer, STRANGER));
    }

    /// @dev Whatever stands at the first proposer's address later, something else could act there first.
    function test_whatTheFirstProposersConstructorSchedulesShowsInTheCount() public {
        address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        PolicyTimelock hostile = new PolicyTimelock(DELAY, next);
        vm.assertEq(address(new SchedulingConstructor(hostile)), next);
        vm.assertEq(hostile.firstProposer(), next);
        vm.assertEq(hostile.operationsScheduled(), 1);
    }

    function test_everyOperationCounts() public {
        vm.assertEq(timelock.firstProposer(), address(governor));
        vm.assertEq(timelock.operationsScheduled(), 0);
        uint256 id = _propose(_publishing());
        _voteFor(id);
        _later(VOTING_PERIOD);
        _queue(_publishing());
        vm.assertEq(timelock.operationsScheduled(), 1);
        vm.prank(address(governor));
        timelock.schedule(address(policy), 0, _publishing(), 0, 0, DELAY);
        vm.assertEq(timelock.operationsScheduled(), 2);
    }

    function test_aTimelockWithoutAProposerIsNone() public {
        vm.expectRevert(abi.encodeWithSelector(PolicyTimelock.ProposerRequired.selector));
        new PolicyTimelock(DELAY, address(0));
    }

    function test_theGuardianCannotPreventHisReplacement() public {
        bytes memory replacing = abi.encodeCall(policy.setGuardian, (STRANGER));
        uint256 id = _propose(replacing);
        _voteFor(id);
        _later(VOTING_PERIOD);
        _queue(replacing);
        _later(DELAY - 1 days);
        vm.startPrank(GUARDIAN);
        policy.freeze(uint64(block.timestamp + 7 days));
        policy.halt("", uint64(block.timestamp + 7 days));
        vm.stopPrank();
        _later(1 days);
        _execute(replacing);
        vm.assertEq(policy.guardian(), STRANGER);
    }

    function test_theVotersChangeTheirOwnTerms() public {
        bytes memory change = abi.encodeCall(governor.setVotingPeriod, (9 days));
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _one(change);
        targets[0] = address(governor);
        vm.prank(VOTER);
        uint256 id = governor.propose(targets, values, calls, WHY);
        _voteFor(id);
        _later(VOTING_PERIOD);
        governor.queue(targets, values, calls, keccak256(bytes(WHY)));
        _later(DELAY);
        governor.execute(targets, values, calls, keccak256(bytes(WHY)));
        vm.assertEq(governor.votingPeriod(), 9 days);
    }

    function test_theCodeFitsTheLimitOfEip170() public view {
        vm.assertLe(address(governor).code.length, 24_576);
        vm.assertLe(address(timelock).code.length, 24_576);
    }

    function _rolesAsPlanned(PolicyTimelock read) private view {
        _onlyMember(read, read.PROPOSER_ROLE(), address(governor));
        _onlyMember(read, read.EXECUTOR_ROLE(), address(0));
        _onlyMember(read, read.DEFAULT_ADMIN_ROLE(), address(read));
        vm.assertEq(read.getRoleMemberCount(read.CANCELLER_ROLE()), 0);
    }

    function _onlyMember(PolicyTimelock read, bytes32 role, address member) private view {
        vm.assertEq(read.getRoleMemberCount(role), 1);
        vm.assertEq(read.getRoleMember(role, 0), member);
    }

    function _publishing() private view returns (bytes memory) {
        return abi.encodeCall(policy.publish, ("a.example", DOCUMENT));
    }

    function _one(bytes memory call)
        private
        view
        returns (address[] memory targets, uint256[] memory values, bytes[] memory calls)
    {
        targets = new address[](1);
        targets[0] = address(policy);
        values = new uint256[](1);
        calls = new bytes[](1);
        calls[0] = call;
    }

    function _propose(bytes memory call) private returns (uint256) {
        return _proposeBy(VOTER, call);
    }

    function _proposeBy(address by, bytes memory call) private returns (uint256) {
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _one(call);
        vm.prank(by);
        return governor.propose(targets, values, calls, WHY);
    }

    function _voteFor(uint256 id) private {
        _later(VOTING_DELAY + 1);
        _vote(VOTER, id, FOR);
    }

    function _vote(address by, uint256 id, uint8 support) private {
        vm.prank(by);
        governor.castVote(id, support);
    }

    function _queue(bytes memory call) private {
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _one(call);
        governor.queue(targets, values, calls, keccak256(bytes(WHY)));
    }

    function _execute(bytes memory call) private {
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _one(call);
        governor.execute(targets, values, calls, keccak256(bytes(WHY)));
    }

    function _operation() private view returns (bytes32) {
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) =
            _one(_publishing());
        bytes32 salt = bytes20(address(governor)) ^ keccak256(bytes(WHY));
        return timelock.hashOperationBatch(targets, values, calls, 0, salt);
    }

    function _refuseCancel(address by, uint256 id) private {
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) =
            _one(_publishing());
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, id, by));
        vm.prank(by);
        governor.cancel(targets, values, calls, keccak256(bytes(WHY)));
    }

    function _state(uint256 id, IGovernor.ProposalState expected) private view {
        vm.assertEq(uint256(governor.state(id)), uint256(expected));
    }

    function _later(uint256 duration) private {
        vm.warp(block.timestamp + duration);
    }
}
