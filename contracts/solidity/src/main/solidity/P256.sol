// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Signatures of P-256 keys, which security modules and passkeys hold.
/// @notice 128 bytes: r, s and the public key's x, y. Of the two s that verify only the lower is taken.
/// The work is the precompile's at 0x100 (RIP-7212, EIP-7951); a chain without it takes no such
/// signature, and says so by name.
/// @dev The precompile answers a bad signature with nothing, and so does an address without code. A
/// signature that is known to be good tells the two apart.
library P256 {
    uint256 internal constant SIGNATURE_BYTES = 128;

    address private constant PRECOMPILE = address(0x100);

    /// @dev Half the order of the group.
    uint256 private constant S_MAX =
        0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8;

    /// @dev SHA-256("attestgate/p256/probe"), and r, s, x, y of a signature of it by a key that was
    /// thrown away.
    bytes private constant PROBE = hex"3ac55f1d7e06e3b7bd9834518b28ba0b32d804a267fb088e4e4cd6ff481a829f"
        hex"77dc607dfdd546c9381c272b0a9f1298b662434cefc32283ad93ebbfa023461d"
        hex"6c3563449711274cc6b122177cc6cadd4b6feb8eec17e5c128dffc843146758e"
        hex"2ae28486c6480302b58b18cbac1335384ac854dd20500c42c83564e7ac0d6fc4"
        hex"78bbacdaf67ceacb844cc17648362ee51a44caf2532612fa7c1c3ab9d5f37f55";

    /// @notice This chain cannot check a P-256 signature.
    error P256Unavailable();

    /// @notice The signature is not the one form of one by its key.
    error WrongP256Signature();

    /// @notice keccak256 of the key, x and y, that signed `digest`.
    function recover(bytes32 digest, bytes memory signature) internal view returns (bytes32 key) {
        if (signature.length != SIGNATURE_BYTES) revert WrongP256Signature();
        bytes32 s;
        assembly ("memory-safe") {
            s := mload(add(signature, 0x40))
            key := keccak256(add(signature, 0x60), 0x40)
        }
        if (uint256(s) > S_MAX) revert WrongP256Signature();
        if (_verifies(abi.encodePacked(digest, signature))) return key;
        if (!_verifies(PROBE)) revert P256Unavailable();
        revert WrongP256Signature();
    }

    function _verifies(bytes memory input) private view returns (bool) {
        (bool success, bytes memory answer) = PRECOMPILE.staticcall(input);
        return success && answer.length == 32 && bytes32(answer) == bytes32(uint256(1));
    }
}
