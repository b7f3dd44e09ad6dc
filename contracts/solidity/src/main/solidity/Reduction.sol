// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @notice A freeze or a halt: begins when it is called, ends by itself, or earlier when lifted.
/// @param start the block time at which it began; 0 where there never was one
/// @param until the first second at which it is over by itself
/// @param lifted the block time at which the governor ended it; 0 where he did not
/// @param number the change that began it: tells two of one block apart
struct Reduction {
    uint64 start;
    uint64 until;
    uint64 lifted;
    uint64 number;
}

using {Reductions.stands, Reductions.counts, Reductions.rests} for Reduction global;

/// @title How long a reduction may last and how long its target then rests.
library Reductions {
    /// @notice A reduction lasts 7 days at most.
    uint64 internal constant DURATION_MAX = 7 days;

    /// @notice From one beginning to the next on the same target: 7 days and 30 days of rest. One that
    /// ended or was lifted early rests until then too, which is stricter than 30 days from its end and
    /// makes the rest the same span in which a halt counts.
    uint64 internal constant CYCLE = 37 days;

    /// @notice `until` is not in the next 7 days.
    error DurationOutOfRange(uint64 until, uint64 latest);

    /// @notice Reverts unless a reduction from now to `until` is one of at most 7 days.
    function requireDuration(uint64 until) internal view {
        uint64 latest = uint64(block.timestamp) + DURATION_MAX;
        if (until <= block.timestamp || until > latest) revert DurationOutOfRange(until, latest);
    }

    /// @notice Whether it reduces at the time `at`.
    function stands(Reduction memory self, uint256 at) internal pure returns (bool) {
        return self.start != 0 && at >= self.start && at < self.until
            && (self.lifted == 0 || at < self.lifted);
    }

    /// @notice Whether it began within the 37 days before `at`: lifted or over, it still counts.
    function counts(Reduction memory self, uint256 at) internal pure returns (bool) {
        return self.start != 0 && at >= self.start && at < uint256(self.start) + CYCLE;
    }

    /// @notice Whether its target may not be reduced again at the time `at`.
    function rests(Reduction memory self, uint256 at) internal pure returns (bool) {
        return self.start != 0 && at < uint256(self.start) + CYCLE;
    }
}
