// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title A verifier of Intel DCAP quotes on the chain, of the shape of Automata's.
interface IDcapVerifier {
    /// @notice Whether the quote's signatures and collateral are good; false instead of a revert. A quote
    /// of a debug enclave, or of a platform that is out of date, is good too: the output says so.
    /// @return success whether the quote is good
    /// @return output what it says, as DcapOutput reads it; a reason where it is not
    function verifyAndAttestOnChain(bytes calldata rawQuote)
        external
        payable
        returns (bool success, bytes memory output);
}
