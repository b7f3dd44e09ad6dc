// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title The digests that keys sign: EIP-712, in the domain of the contract that asks.
/// @notice Name "Attestgate", version "1", this chain, this contract: what was signed for another chain
/// or contract has another digest here. Computed at each use, since no code may hold an immutable.
library Eip712 {
    bytes32 private constant DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant NAME = keccak256("Attestgate");
    bytes32 private constant VERSION = keccak256("1");

    /// @notice The digest of a struct of that hash.
    function digest(bytes32 structHash) internal view returns (bytes32 hash) {
        (bytes32 kind, bytes32 name, bytes32 version) = (DOMAIN_TYPE, NAME, VERSION);
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, kind)
            mstore(add(free, 0x20), name)
            mstore(add(free, 0x40), version)
            mstore(add(free, 0x60), chainid())
            mstore(add(free, 0x80), address())
            let separator := keccak256(free, 0xa0)
            mstore(free, shl(240, 0x1901))
            mstore(add(free, 0x02), separator)
            mstore(add(free, 0x22), structHash)
            hash := keccak256(free, 0x42)
        }
    }
}
