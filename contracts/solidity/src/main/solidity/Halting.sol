// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "./DelegatedNames.sol";
import {DomainName} from "./DomainName.sol";
import {Op} from "./Op.sol";
import {Reduction, Reductions} from "./Reduction.sol";

/// @title The guardian's stop to what is served.
abstract contract Halting is DelegatedNames {
    /// @notice How many names one guardian may ever add to the list by halting what is not known yet,
    /// so that a hostile one cannot make every reader slow for good. What is known, and `""`, can
    /// always be halted.
    uint32 public constant GUARDIAN_NAMES_MAX = 256;

    /// @dev How many unknown names a guardian has added by halting them.
    mapping(address guardian => uint32) private _guardianNames;

    /// @notice Change `n` halted `name` and all below from `start` to `until`.
    event Halted(uint64 indexed n, string name, uint64 start, uint64 until);

    /// @notice Change `n` ended the halt of `name` at the block time `at`.
    event HaltLifted(uint64 indexed n, string name, uint64 at);

    /// @notice There is no halt of `name` to lift.
    error NotHalted(string name);

    /// @notice `name` may not be halted again before `until`.
    error HaltRestsUntil(string name, uint64 until);

    /// @notice The guardian has added as many unknown names as one may.
    error GuardianNamesExhausted(uint32 namesMax);

    /// @notice Until `until`, at most 7 days from now, `name` and all below it are not served; `""` is
    /// everything. By the guardian, 37 days after the last halt of this very name began or later; see
    /// `isHalted` for how halts of a name and its ancestors go together.
    /// @param name a name, not a wildcard; or `""`
    /// @param until the first second after the halt
    function halt(string calldata name, uint64 until) external onlyGuardian {
        if (bytes(name).length != 0) DomainName.requireOneName(name);
        Reductions.requireDuration(until);
        bytes32 nameHash = keccak256(bytes(name));
        _countUnknown(nameHash);
        Entry storage entry = _listed(name, nameHash, NAMES_BUT_THE_GATEWAYS_MAX);
        if (entry.halt.rests(block.timestamp)) {
            revert HaltRestsUntil(name, entry.halt.start + Reductions.CYCLE);
        }
        uint64 start = uint64(block.timestamp);
        uint64 n = _commit(Op.Halt, nameHash, abi.encode(start, until));
        entry.halt = Reduction(start, until, 0, n);
        emit Halted(n, name, start, until);
    }

    /// @notice Ends the halt of `name` at once. By the governor.
    function lift(string calldata name) external onlyGovernor {
        bytes32 nameHash = keccak256(bytes(name));
        Reduction storage halted = _entries[nameHash].halt;
        if (!halted.stands(block.timestamp)) revert NotHalted(name);
        uint64 at = uint64(block.timestamp);
        halted.lifted = at;
        emit HaltLifted(_commit(Op.LiftHalt, nameHash, abi.encode(at)), name, at);
    }

    /// @notice Whether a halt keeps `name` from being served at the time `at`, not before the newest
    /// change. Of the halts of the name, its ancestors and `""` that began within the 37 days before
    /// `at`, only the first counts, also when it is over or was lifted: so no name is halted for longer
    /// than 7 days in 37, whatever chain of parents and guardians wants it, and a lift holds.
    function isHalted(string calldata name, uint256 at) external view returns (bool) {
        DomainName.requireCanonical(name);
        // slither-disable-next-line uninitialized-local
        Reduction memory first;
        first = _earlier(_entries[DomainName.WHOLE_GATEWAY].halt, first, at);
        bytes calldata rest = DomainName.base(name);
        while (rest.length > 0) {
            first = _earlier(_entries[keccak256(rest)].halt, first, at);
            rest = DomainName.parent(rest);
        }
        return first.stands(at);
    }

    function _earlier(Reduction memory halted, Reduction memory first, uint256 at)
        private
        pure
        returns (Reduction memory)
    {
        if (!halted.counts(at)) return first;
        // slither-disable-next-line incorrect-equality
        return first.number == 0 || halted.number < first.number ? halted : first;
    }

    function _countUnknown(bytes32 nameHash) private {
        if (_entries[nameHash].status != Status.Unknown) return;
        if (nameHash == DomainName.WHOLE_GATEWAY) return;
        if (_guardianNames[msg.sender] == GUARDIAN_NAMES_MAX) {
            revert GuardianNamesExhausted(GUARDIAN_NAMES_MAX);
        }
        ++_guardianNames[msg.sender];
    }
}
