// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Governed} from "./Governed.sol";
import {HeadChain} from "./HeadChain.sol";
import {Op} from "./Op.sol";
import {Reduction, Reductions} from "./Reduction.sol";

/// @title The guardian's stop to everything new.
/// @notice Under a freeze nothing is published, delegated or cleared. It never stops withdrawing,
/// halting, revoking, or replacing the guardian.
abstract contract Freezing is Governed, HeadChain {
    /// @notice The newest freeze.
    Reduction public freezing;

    /// @notice Change `n` froze the contract from `start` to `until`.
    event Frozen(uint64 indexed n, uint64 start, uint64 until);

    /// @notice Change `n` ended the freeze at the block time `at`.
    event FreezeLifted(uint64 indexed n, uint64 at);

    /// @notice Nothing is published or delegated until `until`.
    error FrozenUntil(uint64 until);

    /// @notice There is no freeze to lift.
    error NotFrozen();

    /// @notice The contract may not be frozen again before `until`.
    error FreezeRestsUntil(uint64 until);

    modifier whenThawed() {
        if (freezing.stands(block.timestamp)) revert FrozenUntil(freezing.until);
        _;
    }

    /// @notice Until `until`, at most 7 days from now, nothing is published, delegated or cleared. By
    /// the guardian, 37 days after the last freeze began or later, whoever was guardian then.
    /// @param until the first second after the freeze
    function freeze(uint64 until) external onlyGuardian {
        if (freezing.rests(block.timestamp)) {
            revert FreezeRestsUntil(freezing.start + Reductions.CYCLE);
        }
        Reductions.requireDuration(until);
        uint64 start = uint64(block.timestamp);
        uint64 n = _commit(Op.Freeze, 0, abi.encode(start, until));
        freezing = Reduction(start, until, 0, n);
        emit Frozen(n, start, until);
    }

    /// @notice Ends the freeze at once. By the governor.
    function liftFreeze() external onlyGovernor {
        if (!freezing.stands(block.timestamp)) revert NotFrozen();
        uint64 at = uint64(block.timestamp);
        freezing.lifted = at;
        emit FreezeLifted(_commit(Op.LiftFreeze, 0, abi.encode(at)), at);
    }

    /// @notice Whether nothing may be published or delegated at the time `at`.
    function isFrozen(uint256 at) external view returns (bool) {
        return freezing.stands(at);
    }
}
