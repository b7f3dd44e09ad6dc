// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title What a good quote says: the output of a DCAP verifier, read strictly.
/// @notice uint16 version of the quote, uint16 type of its body (1 SGX, 2 TD 1.0, 3 TD 1.5), uint8 TCB
/// state, 6 bytes FMSPC, the body, then the advisories, `abi.encode(string[])` or nothing. That is the
/// packing of Automata's release 1.1; that of 1.0 has no type of body there and is refused.
library DcapOutput {
    uint256 private constant BODY_AT = 11;
    uint16 private constant SGX = 1;
    uint16 private constant TD_1_5 = 3;
    uint256 private constant SGX_BYTES = 384;
    uint256 private constant TD_1_0_BYTES = 584;
    uint256 private constant TD_1_5_BYTES = 648;

    /// @dev Bits 7 to 0 of TDATTRIBUTES are the group TUD, "TD under debug"; all must be 0.
    bytes1 private constant TD_DEBUG = 0xff;

    /// @dev Bit 1 of an enclave's ATTRIBUTES.FLAGS is DEBUG.
    bytes1 private constant SGX_DEBUG = 0x02;

    /// @dev Bit 29 of TDATTRIBUTES is MIGRATABLE; here of their fourth byte.
    bytes1 private constant TD_MIGRATABLE = 0x20;

    /// @notice The output is not of the packing that is read here.
    error MalformedOutput(uint256 length);

    /// @notice What runs under debug shows its secrets to its host.
    error UnderDebug();

    /// @notice Another TD may move this one elsewhere. Only a body of TD 1.5 says which, and the host
    /// chooses the body.
    error Migratable();

    /// @notice Another TD is bound to this one and may move it elsewhere; no register says so.
    error ServiceTdBound();

    /// @notice The state of the TCB, by its number in Automata's enumeration.
    function tcbState(bytes memory output) internal pure returns (uint8) {
        return uint8(output[4]);
    }

    /// @notice The platform, its registers as docs/measurement.md orders them, and the report's 64 bytes
    /// of data. Reverts for what runs under debug and what can be moved.
    function read(bytes memory output)
        internal
        pure
        returns (string memory platform, bytes memory registers, bytes memory reportData)
    {
        if (output.length < BODY_AT) revert MalformedOutput(output.length);
        uint16 kind = uint16(bytes2(_slice(output, 2, 2)));
        _requireLength(output.length, kind);
        if (kind == SGX) {
            if (output[BODY_AT + 48] & SGX_DEBUG != 0) revert UnderDebug();
            return ("sgx", _sgxRegisters(output), _slice(output, BODY_AT + 320, 64));
        }
        if (output[BODY_AT + 120] & TD_DEBUG != 0) revert UnderDebug();
        if (output[BODY_AT + 123] & TD_MIGRATABLE != 0) revert Migratable();
        if (
            kind == TD_1_5
                && keccak256(_slice(output, BODY_AT + 600, 48)) != keccak256(new bytes(48))
        ) {
            revert ServiceTdBound();
        }
        return ("tdx", _tdxRegisters(output), _slice(output, BODY_AT + 520, 64));
    }

    /// @dev MRENCLAVE, MRSIGNER, ISVPRODID and ISVSVN, attributes.
    function _sgxRegisters(bytes memory output) private pure returns (bytes memory) {
        return bytes.concat(
            _slice(output, BODY_AT + 64, 32),
            _slice(output, BODY_AT + 128, 32),
            _slice(output, BODY_AT + 256, 4),
            _slice(output, BODY_AT + 48, 16)
        );
    }

    /// @dev MRTD; RTMR0 to RTMR3; MRCONFIGID; XFAM; attributes.
    function _tdxRegisters(bytes memory output) private pure returns (bytes memory) {
        return bytes.concat(
            _slice(output, BODY_AT + 136, 48),
            _slice(output, BODY_AT + 328, 192),
            _slice(output, BODY_AT + 184, 48),
            _slice(output, BODY_AT + 128, 8),
            _slice(output, BODY_AT + 120, 8)
        );
    }

    /// @dev Behind the body come whole words or nothing.
    function _requireLength(uint256 length, uint16 kind) private pure {
        if (kind < SGX || kind > TD_1_5) revert MalformedOutput(length);
        uint256 body = kind == SGX ? SGX_BYTES : kind == TD_1_5 ? TD_1_5_BYTES : TD_1_0_BYTES;
        if (length < BODY_AT + body || (length - BODY_AT - body) % 32 != 0) {
            revert MalformedOutput(length);
        }
    }

    function _slice(bytes memory whole, uint256 from, uint256 length)
        private
        pure
        returns (bytes memory part)
    {
        part = new bytes(length);
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(whole, 0x20), from), length)
        }
    }
}
