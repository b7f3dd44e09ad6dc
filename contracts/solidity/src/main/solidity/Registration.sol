// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @notice What an enclave claims when it registers its signing key (docs/evidence.md).
/// @param chainId the chain
/// @param registry the EnclaveRegistry on it
/// @param signer the account whose key was made inside
/// @param measurement what runs there, and under which bootstrap file
/// @param instance the hardware, where evidence says it; else 0
/// @param number of a recent block
/// @param blockHash of the same
/// @param notAfter the first second after the lease
/// @param nonce whatever the enclave drew
struct Registration {
    uint256 chainId;
    address registry;
    address signer;
    bytes32 measurement;
    bytes32 instance;
    uint64 number;
    bytes32 blockHash;
    uint64 notAfter;
    bytes32 nonce;
}

/// @title The claim as bytes: `abi.encode` of a type and the fields, ten words and nothing else.
library Registrations {
    /// @notice The first word.
    bytes32 internal constant TYPE = keccak256("attestgate/registration/v1");

    uint256 private constant BYTES = 320;

    bytes32 private constant SIGNED_TYPE = keccak256("Registration(bytes32 claim)");

    /// @notice The claim is not `abi.encode` of its type and fields, each in its one form.
    error MalformedClaim();

    /// @notice The fields of a claim.
    function decode(bytes calldata claim) internal pure returns (Registration memory fields) {
        if (claim.length != BYTES || bytes32(claim[0:32]) != TYPE) revert MalformedClaim();
        fields.chainId = _word(claim, 1);
        fields.registry = address(uint160(_narrow(claim, 2, 160)));
        fields.signer = address(uint160(_narrow(claim, 3, 160)));
        fields.measurement = bytes32(_word(claim, 4));
        fields.instance = bytes32(_word(claim, 5));
        fields.number = uint64(_narrow(claim, 6, 64));
        fields.blockHash = bytes32(_word(claim, 7));
        fields.notAfter = uint64(_narrow(claim, 8, 64));
        fields.nonce = bytes32(_word(claim, 9));
    }

    /// @notice The EIP-712 hash of `Registration(bytes32 claim)`, which the enclave's key signs; `claim`
    /// is keccak256 of the claim.
    function structHash(bytes calldata claim) internal pure returns (bytes32) {
        return keccak256(abi.encode(SIGNED_TYPE, keccak256(claim)));
    }

    function _word(bytes calldata claim, uint256 i) private pure returns (uint256) {
        return uint256(bytes32(claim[32 * i:32 * i + 32]));
    }

    function _narrow(bytes calldata claim, uint256 i, uint256 bits)
        private
        pure
        returns (uint256 value)
    {
        value = _word(claim, i);
        if (value >> bits != 0) revert MalformedClaim();
    }
}
