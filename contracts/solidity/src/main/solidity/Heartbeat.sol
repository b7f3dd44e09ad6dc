// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Where nonces are seen in finalised state.
/// @notice An enclave draws a nonce, anyone sends it, and the enclave proves the slot: the state that
/// it was shown is then younger than the nonce. Who sends does not matter, and neither does who sends
/// others: a nonce is 32 random bytes, so nobody writes one before the enclave has drawn it.
contract Heartbeat {
    /// @notice The block in which `nonce` was first sent; 0 where it never was.
    mapping(bytes32 nonce => uint64 blockNumber) public blockOf;

    /// @notice `nonce` is seen from block `blockNumber` on.
    event Beat(bytes32 indexed nonce, uint64 blockNumber);

    /// @notice Writes down the block in which `nonce` is seen. The first write stands and nothing
    /// clears it; sent again, it does nothing, so that whoever runs ahead of a relayer harms nobody.
    function beat(bytes32 nonce) external {
        if (blockOf[nonce] != 0) return;
        blockOf[nonce] = uint64(block.number);
        emit Beat(nonce, uint64(block.number));
    }
}
