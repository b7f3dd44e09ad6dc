// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Op} from "./Op.sol";

/// @title One hash that commits to every change of state there ever was, in order.
/// @notice `head_n = keccak256(abi.encode(TYPE, chainId, this, n, head_{n-1}, op, nameHash,
/// valueHash, actor))`, with head_0 = 0. Whoever replays the changes and arrives at the proven head
/// has seen all of them. The change log is the event `Changed`.
abstract contract HeadChain {
    /// @notice Keeps these hashes apart from every other.
    bytes32 public constant HEAD_TYPE = keccak256("attestgate/head/v1");

    /// @notice How many changes there were.
    uint64 public epoch;

    /// @notice The head after the newest change.
    bytes32 public head;

    /// @notice The head after change `n`; 0 for a change that is not yet.
    mapping(uint64 n => bytes32) public headAt;

    /// @notice Change `n`, with all that its head commits to. `nameHash` is 0 where the change is about
    /// no name; `value` is `abi.encode` of the new values, and valueHash its keccak256.
    event Changed(
        uint64 indexed n,
        Op indexed op,
        bytes32 indexed nameHash,
        address actor,
        bytes value,
        bytes32 head
    );

    /// @dev Commits to one change and returns its number.
    function _commit(Op op, bytes32 nameHash, bytes memory value) internal returns (uint64 n) {
        n = ++epoch;
        bytes32 next = keccak256(
            abi.encode(
                HEAD_TYPE,
                block.chainid,
                address(this),
                n,
                head,
                op,
                nameHash,
                keccak256(value),
                msg.sender
            )
        );
        head = next;
        headAt[n] = next;
        emit Changed(n, op, nameHash, msg.sender, value, next);
    }
}
