// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Documents kept as contract code, found by what they say.
/// @notice A document's code is the byte 0 and the document: code that stops at once, whoever calls
/// it. Its address follows from its bytes (CREATE2, salt = keccak256(document)), so the same document
/// is kept once, whoever stores it, and nobody can put other bytes in its place.
abstract contract DocumentStore {
    /// @notice Code is 24,576 bytes at most (EIP-170), and the first is not the document's.
    uint256 public constant DOCUMENT_BYTES_MAX = 24_575;

    /// @notice The code that holds the document of this hash. Written once, with the code, and
    /// determined by the hash: the init code contains the document, so the hash and the length alone
    /// do not give the address, and the head chain need not commit to what nobody can choose.
    mapping(bytes32 documentHash => address) private _stored;

    /// @notice `document` is kept at `at` from now on.
    event DocumentStored(bytes32 indexed documentHash, uint256 length, address at);

    /// @notice A document has at least one byte.
    error EmptyDocument();

    /// @notice A document of `length` bytes is longer than code can be.
    error DocumentTooLong(uint256 length);

    /// @notice The code was not created; no cause is known but too little gas.
    error DocumentNotStored(bytes32 documentHash);

    /// @notice Keeps `document`; does nothing where it is kept already. Anyone may.
    function store(bytes calldata document) public returns (bytes32 documentHash, address at) {
        if (document.length == 0) revert EmptyDocument();
        if (document.length > DOCUMENT_BYTES_MAX) revert DocumentTooLong(document.length);
        documentHash = keccak256(document);
        at = _stored[documentHash];
        if (at == address(0)) {
            at = _create(document, documentHash);
            _stored[documentHash] = at;
            emit DocumentStored(documentHash, document.length, at);
        }
    }

    /// @notice Where the document of this hash and length is kept; 0 where it is not.
    function addressOf(bytes32 documentHash, uint256 length) external view returns (address at) {
        at = _stored[documentHash];
        if (at != address(0) && at.code.length - 1 != length) at = address(0);
    }

    /// @dev The bytes of the document kept at `at`.
    function _read(address at) internal view returns (bytes memory document) {
        document = new bytes(at.code.length - 1);
        assembly ("memory-safe") {
            extcodecopy(at, add(document, 0x20), 1, mload(document))
        }
    }

    /// @dev PUSH2 length + 1, DUP1, PUSH1 10, RETURNDATASIZE, CODECOPY, RETURNDATASIZE, RETURN: copies
    /// what follows these 10 bytes and returns it.
    function _create(bytes calldata document, bytes32 salt) private returns (address at) {
        bytes memory init =
            abi.encodePacked(hex"61", uint16(document.length + 1), hex"80600a3d393df300", document);
        assembly ("memory-safe") {
            at := create2(0, add(init, 0x20), mload(init), salt)
        }
        if (at == address(0)) revert DocumentNotStored(salt);
    }
}
