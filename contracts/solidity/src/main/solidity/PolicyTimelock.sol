// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {
    AccessControlEnumerable
} from "@openzeppelin/contracts/access/extensions/AccessControlEnumerable.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title The delay between what was decided and its taking effect.
/// @notice A TimelockController that nobody can cancel on, that anyone can execute on, and that lists
/// who holds a role, who was the first to schedule and how often anybody did: what it says can be read
/// back whole, without trusting an event log.
contract PolicyTimelock is TimelockController, AccessControlEnumerable {
    /// @notice Who alone could schedule at first: whatever was ever scheduled goes back to him.
    address public firstProposer;

    /// @notice How many operations were ever scheduled. None is ever cancelled and none expires, so
    /// whatever cannot be accounted for still waits to be executed, or was.
    uint256 public operationsScheduled;

    /// @notice Whoever could cancel could cancel his own removal, so nobody ever may.
    error NobodyCancels(address account);

    /// @notice Without a proposer nothing could ever be scheduled.
    error ProposerRequired();

    /// @dev There is no admin but the timelock itself, not even for one transaction: who could grant and
    /// take back roles could schedule and leave no trace of it in them. TimelockController would make
    /// its proposers cancellers, so the role is granted here.
    /// @param delay seconds from scheduling to the first second at which an operation can be executed
    /// @param proposer who alone schedules; never 0
    constructor(uint256 delay, address proposer)
        TimelockController(delay, new address[](0), _anyone(), address(0))
    {
        if (proposer == address(0)) revert ProposerRequired();
        firstProposer = proposer;
        _grantRole(PROPOSER_ROLE, proposer);
    }

    /// @inheritdoc TimelockController
    function schedule(
        address target,
        uint256 value,
        bytes calldata data,
        bytes32 predecessor,
        bytes32 salt,
        uint256 delay
    ) public override {
        ++operationsScheduled;
        super.schedule(target, value, data, predecessor, salt, delay);
    }

    /// @inheritdoc TimelockController
    function scheduleBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt,
        uint256 delay
    ) public override {
        ++operationsScheduled;
        super.scheduleBatch(targets, values, payloads, predecessor, salt, delay);
    }

    /// @inheritdoc AccessControlEnumerable
    function supportsInterface(bytes4 interfaceId)
        public
        view
        override(TimelockController, AccessControlEnumerable)
        returns (bool)
    {
        return super.supportsInterface(interfaceId);
    }

    /// @dev Also for the constructor, and for a vote that would want a canceller.
    function _grantRole(bytes32 role, address account)
        internal
        override(AccessControl, AccessControlEnumerable)
        returns (bool)
    {
        if (role == CANCELLER_ROLE) revert NobodyCancels(account);
        return super._grantRole(role, account);
    }

    function _revokeRole(bytes32 role, address account)
        internal
        override(AccessControl, AccessControlEnumerable)
        returns (bool)
    {
        return super._revokeRole(role, account);
    }

    /// @dev The zero address as executor is everybody: nobody can hold back what was decided.
    function _anyone() private pure returns (address[] memory executors) {
        executors = new address[](1);
    }
}
