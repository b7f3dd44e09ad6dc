// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @notice What a gateway says of one answer.
/// @param gateway the signing address
/// @param policyEpoch how many changes the policy had seen
/// @param policyHead its head then
/// @param requestHash of the request as it was received
/// @param responseHash of the answer as it was given
/// @param upstream the digest of the upstream's verified measurement; 0 for relayed, not attested
/// @param issuedAt Unix seconds by the enclave's clock
/// @param sequence tells two answers of one gateway apart
struct Result {
    address gateway;
    uint64 policyEpoch;
    bytes32 policyHead;
    bytes32 requestHash;
    bytes32 responseHash;
    bytes32 upstream;
    uint64 issuedAt;
    uint64 sequence;
}

/// @title The EIP-712 hashes of one result and of many.
/// @notice A batch signs the root of a tree: leaves keccak256(0x00 || structHash), nodes
/// keccak256(0x01 || min || max). The first byte keeps the two apart; min and max make a path a list of
/// siblings without sides. Where a level has an odd number, the last moves up as it is.
library Results {
    /// @notice A path has 16 siblings at most: 65,536 results under one signature.
    uint256 internal constant PATH_MAX = 16;

    bytes32 private constant TYPE = keccak256(
        "Result(address gateway,uint64 policyEpoch,bytes32 policyHead,bytes32 requestHash,bytes32 responseHash,bytes32 upstream,uint64 issuedAt,uint64 sequence)"
    );
    bytes32 private constant BATCH_TYPE = keccak256("ResultBatch(address gateway,bytes32 root)");

    /// @notice A path is of 16 siblings at most.
    error PathTooLong(uint256 siblings);

    /// @notice The hash of one result.
    /// @dev Hashes its eight words as they came: a word with bits that its field has no room for is
    /// another hash, which no gateway signed.
    function structHash(Result calldata result) internal pure returns (bytes32 hash) {
        bytes32 kind = TYPE;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, kind)
            calldatacopy(add(free, 0x20), result, 0x100)
            hash := keccak256(free, 0x120)
        }
    }

    /// @notice The hash of a batch of that root.
    function batchHash(address gateway, bytes32 root) internal pure returns (bytes32) {
        return keccak256(abi.encode(BATCH_TYPE, gateway, root));
    }

    /// @notice The root above the result of that hash.
    function rootOf(bytes32 hash, bytes32[] calldata path) internal pure returns (bytes32 node) {
        if (path.length > PATH_MAX) revert PathTooLong(path.length);
        node = keccak256(abi.encodePacked(hex"00", hash));
        for (uint256 i = 0; i < path.length; ++i) {
            bytes32 sibling = path[i];
            node = node < sibling ? _node(node, sibling) : _node(sibling, node);
        }
    }

    function _node(bytes32 min, bytes32 max) private pure returns (bytes32 node) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore8(free, 1)
            mstore(add(free, 0x01), min)
            mstore(add(free, 0x21), max)
            node := keccak256(free, 0x41)
        }
    }
}
