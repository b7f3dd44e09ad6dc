// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @notice What a registration rests on. Numbers are never reused.
/// None: nothing; not registered. Hardware: evidence of the hardware that the chain checked.
/// Attesters: the word of k of n attesters, a class of its own.
enum Grounds {
    None,
    Hardware,
    Attesters
}

/// @title Judges whether evidence vouches for a claim.
/// @notice The registry asks one per platform. It answers for everything between the claim and the
/// roots of trust; the registry itself checks what the claim says.
interface IEvidenceVerifier {
    /// @notice What its judgements rest on; the same for ever.
    function grounds() external view returns (Grounds);

    /// @notice Returns the selector of this function where `evidence` vouches for exactly the bytes of
    /// `claim`, and reverts otherwise. Any other answer is a refusal, so code that answers everything
    /// with the same word vouches for nothing.
    function verify(bytes calldata evidence, bytes calldata claim) external returns (bytes4);
}
