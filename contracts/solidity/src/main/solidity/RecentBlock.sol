// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Whether a block is one of the newest of this chain.
/// @notice The newest 256 everywhere; the newest 8,191 where the chain keeps history (EIP-2935). Who
/// names the hash of such a block spoke after it.
library RecentBlock {
    /// @dev Keeps the hashes of past blocks; without code on a chain that has no history.
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @dev What it keeps.
    uint256 private constant HISTORY_BLOCKS = 8191;

    /// @notice The newest blocks of this chain have none of that number and hash.
    error NotRecent(uint64 number, bytes32 hash);

    /// @notice Reverts unless the block of that number is recent and has that hash.
    function requireRecent(uint64 number, bytes32 hash) internal view {
        if (hash == 0 || _hashOf(number) != hash) revert NotRecent(number, hash);
    }

    /// @dev 0 where the chain does not know it any more, or not yet.
    function _hashOf(uint256 number) private view returns (bytes32) {
        if (number >= block.number || block.number - number > HISTORY_BLOCKS) return 0;
        bytes32 hash = blockhash(number);
        return hash != 0 ? hash : _historyOf(number);
    }

    function _historyOf(uint256 number) private view returns (bytes32) {
        (bool success, bytes memory answer) = HISTORY.staticcall(abi.encode(number));
        return success && answer.length == 32 ? bytes32(answer) : bytes32(0);
    }
}
