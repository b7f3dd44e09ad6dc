// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Signatures of Ethereum accounts, each in its one form.
/// @notice 65 bytes: r, s, v. Of the two s that verify only the lower is taken (EIP-2) and v is 27 or
/// 28, so nobody makes a second signature out of a first.
library Secp256k1 {
    uint256 internal constant SIGNATURE_BYTES = 65;

    /// @dev Half the order of the group.
    uint256 private constant S_MAX =
        0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @notice The signature is not the one form of one by any account.
    error MalformedSignature();

    /// @notice The account that signed `digest`; never 0.
    function recover(bytes32 digest, bytes calldata signature) internal pure returns (address) {
        if (signature.length != SIGNATURE_BYTES) revert MalformedSignature();
        (bytes32 r, bytes32 s, uint8 v) = (0, 0, 0);
        assembly ("memory-safe") {
            r := calldataload(signature.offset)
            s := calldataload(add(signature.offset, 0x20))
            v := byte(0, calldataload(add(signature.offset, 0x40)))
        }
        return _recover(digest, r, s, v);
    }

    /// @notice The same of a signature in memory.
    function recoverCopied(bytes32 digest, bytes memory signature) internal pure returns (address) {
        if (signature.length != SIGNATURE_BYTES) revert MalformedSignature();
        (bytes32 r, bytes32 s, uint8 v) = (0, 0, 0);
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
            v := byte(0, mload(add(signature, 0x60)))
        }
        return _recover(digest, r, s, v);
    }

    function _recover(bytes32 digest, bytes32 r, bytes32 s, uint8 v)
        private
        pure
        returns (address signer)
    {
        if (uint256(s) > S_MAX || (v != 27 && v != 28)) revert MalformedSignature();
        signer = ecrecover(digest, v, r, s);
        if (signer == address(0)) revert MalformedSignature();
    }
}
