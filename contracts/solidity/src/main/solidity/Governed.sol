// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Op} from "./Op.sol";

/// @title Who decides (the governor) and who may only reduce (the guardian).
/// @notice The governor is never absent: he hands over in two steps, and nobody else can touch his
/// slot. The guardian's term ends by itself; he has no say in who follows him.
abstract contract Governed {
    /// @notice How long a guardian serves unless the governor renews the term.
    uint64 public constant GUARDIAN_TERM = 180 days;

    /// @notice Decides everything that this contract leaves open.
    address public governor;

    /// @notice May take the governor's place by accepting; 0 where nobody may.
    address public pendingGovernor;

    /// @notice May reduce what is served or trusted until `guardianTermEnd`; 0 where there is none.
    address public guardian;

    /// @notice The first second at which the guardian is none any more.
    uint64 public guardianTermEnd;

    /// @notice `pending` may take the governor's place; 0 where nobody may.
    event GovernorProposed(address indexed pending);

    /// @notice `governor` decides from now on.
    event GovernorAccepted(address indexed governor);

    /// @notice `guardian` serves until `termEnd`; 0 where there is none.
    event GuardianSet(address indexed guardian, uint64 termEnd);

    /// @notice `guardian` serves until `termEnd` now.
    event GuardianRenewed(address indexed guardian, uint64 termEnd);

    /// @notice The caller is not the governor.
    error NotGovernor(address caller);

    /// @notice The caller is not whom the governor proposed to follow him.
    error NotPendingGovernor(address caller);

    /// @notice The caller is not the guardian.
    error NotGuardian(address caller);

    /// @notice The caller was the guardian until `termEnd`.
    error GuardianTermEnded(uint64 termEnd);

    /// @notice There is no guardian whose term could be renewed.
    error NoGuardian();

    /// @notice A contract without a governor could never be changed again.
    error GovernorRequired();

    modifier onlyGovernor() {
        if (msg.sender != governor) revert NotGovernor(msg.sender);
        _;
    }

    modifier onlyGuardian() {
        _requireGuardian();
        _;
    }

    /// @param governor_ whoever decides from the first block on; never 0
    /// @param guardian_ the first guardian, whose term begins now; 0 for none
    constructor(address governor_, address guardian_) {
        if (governor_ == address(0)) revert GovernorRequired();
        _setGovernor(governor_);
        if (guardian_ != address(0)) _setGuardian(guardian_);
    }

    /// @notice Proposes who follows the governor; 0 takes the proposal back. Nothing changes until the
    /// proposed one accepts, so a mistyped address locks nobody out.
    function proposeGovernor(address pending) external onlyGovernor {
        // slither-disable-next-line missing-zero-check
        pendingGovernor = pending;
        _committed(Op.ProposeGovernor, abi.encode(pending));
        emit GovernorProposed(pending);
    }

    /// @notice Takes the governor's place; only whom he proposed.
    function acceptGovernor() external {
        if (msg.sender != pendingGovernor) revert NotPendingGovernor(msg.sender);
        pendingGovernor = address(0);
        _setGovernor(msg.sender);
    }

    /// @notice Replaces the guardian and begins a term of 180 days; 0 leaves none. No freeze and no
    /// guardian can prevent it.
    function setGuardian(address guardian_) external onlyGovernor {
        _setGuardian(guardian_);
    }

    /// @notice Lets the guardian serve 180 days from now.
    function renewGuardian() external onlyGovernor {
        if (guardian == address(0)) revert NoGuardian();
        guardianTermEnd = uint64(block.timestamp) + GUARDIAN_TERM;
        _committed(Op.RenewGuardian, abi.encode(guardianTermEnd));
        emit GuardianRenewed(guardian, guardianTermEnd);
    }

    function _requireGuardian() internal view {
        if (msg.sender != guardian) revert NotGuardian(msg.sender);
        if (block.timestamp >= guardianTermEnd) revert GuardianTermEnded(guardianTermEnd);
    }

    /// @dev Called once for every change of a role, after it, with the new values.
    function _committed(Op op, bytes memory value) internal virtual;

    function _setGovernor(address governor_) private {
        governor = governor_;
        _committed(Op.AcceptGovernor, abi.encode(governor_));
        emit GovernorAccepted(governor_);
    }

    function _setGuardian(address guardian_) private {
        guardian = guardian_;
        guardianTermEnd = guardian_ == address(0) ? 0 : uint64(block.timestamp) + GUARDIAN_TERM;
        _committed(Op.SetGuardian, abi.encode(guardian_, guardianTermEnd));
        emit GuardianSet(guardian_, guardianTermEnd);
    }
}
