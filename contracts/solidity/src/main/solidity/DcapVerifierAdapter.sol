// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DcapOutput} from "./DcapOutput.sol";
import {IDcapVerifier} from "./IDcapVerifier.sol";
import {Grounds, IEvidenceVerifier} from "./IEvidenceVerifier.sol";
import {Registration, Registrations} from "./Registration.sol";

/// @title Intel SGX and TDX evidence, checked by a DCAP verifier on the chain and by what it leaves out.
/// @notice The verifier answers for signatures, certificates and collateral. Here: that it said yes and
/// in the packing we read, no debug, a TCB state that was named as accepted, the claim in the report's
/// data, and the measurement of the claim recomputed from the registers. How fresh it is the registry
/// judges by the claim's block.
/// @dev Set once and nobody has a role: another verifier or other states are another adapter, which the
/// governor names in the registry.
contract DcapVerifierAdapter is IEvidenceVerifier {
    /// @notice SHA-256 and keccak256 of this and the claim are the report's data.
    string private constant EVIDENCE = "attestgate/evidence/v1";

    string private constant MEASUREMENT = "attestgate/measurement/v1";

    /// @dev Bit n for the state n of Automata's enumeration, 0 (up to date) to 9, without 6 (revoked) and
    /// 7 (unrecognized), which no one can accept.
    uint16 private constant ACCEPTABLE = 0x033f;

    /// @notice Checks the quotes. Set once.
    IDcapVerifier public dcapVerifier;

    /// @notice Which TCB states are accepted: bit n for state n. Set once, and there is no default.
    uint16 public acceptedTcb;

    /// @notice There is no verifier at address 0.
    error DcapVerifierRequired();

    /// @notice The states are none, or one of them can never be accepted.
    error UnacceptableTcb(uint16 acceptedTcb);

    /// @notice The verifier says that the quote is not good.
    error QuoteRefused();

    /// @notice The TCB is in a state that was not accepted.
    error TcbNotAccepted(uint8 state);

    /// @notice The report is about something else than the claim.
    error OtherReportData();

    /// @notice The evidence is of `measurement`, and the claim names another.
    error OtherMeasurement(bytes32 measurement);

    /// @notice The claim names hardware that this evidence does not identify.
    error InstanceNotChecked(bytes32 instance);

    /// @param dcapVerifier_ checks the quotes, without a fee; never 0
    /// @param acceptedTcb_ bit n for the state n; never 0
    constructor(IDcapVerifier dcapVerifier_, uint16 acceptedTcb_) {
        if (address(dcapVerifier_) == address(0)) revert DcapVerifierRequired();
        if (acceptedTcb_ == 0 || acceptedTcb_ & ~ACCEPTABLE != 0) {
            revert UnacceptableTcb(acceptedTcb_);
        }
        dcapVerifier = dcapVerifier_;
        acceptedTcb = acceptedTcb_;
    }

    /// @inheritdoc IEvidenceVerifier
    function grounds() external pure returns (Grounds) {
        return Grounds.Hardware;
    }

    /// @inheritdoc IEvidenceVerifier
    /// @param evidence `abi.encode(bytes quote, bytes32 configDigest)`: the digest is in no register, and
    /// the measurement of the claim commits to it
    function verify(bytes calldata evidence, bytes calldata claim) external returns (bytes4) {
        (bytes memory quote, bytes32 configDigest) = abi.decode(evidence, (bytes, bytes32));
        (bool success, bytes memory output) = dcapVerifier.verifyAndAttestOnChain(quote);
        if (!success) revert QuoteRefused();
        (string memory platform, bytes memory registers, bytes memory reportData) =
            DcapOutput.read(output);
        _requireTcb(DcapOutput.tcbState(output));
        bytes memory bound = abi.encodePacked(EVIDENCE, hex"00", claim);
        if (keccak256(reportData) != keccak256(abi.encode(sha256(bound), keccak256(bound)))) {
            revert OtherReportData();
        }
        Registration memory fields = Registrations.decode(claim);
        if (fields.instance != 0) revert InstanceNotChecked(fields.instance);
        bytes32 measurement = keccak256(abi.encode(MEASUREMENT, platform, registers, configDigest));
        if (measurement != fields.measurement) revert OtherMeasurement(measurement);
        return IEvidenceVerifier.verify.selector;
    }

    function _requireTcb(uint8 state) private view {
        if (state > 15 || acceptedTcb & (uint16(1) << state) == 0) revert TcbNotAccepted(state);
    }
}
