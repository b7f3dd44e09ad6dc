// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Eip712} from "./Eip712.sol";
import {Governed} from "./Governed.sol";
import {Grounds, IEvidenceVerifier} from "./IEvidenceVerifier.sol";
import {MeasurementRegistry} from "./MeasurementRegistry.sol";
import {Op} from "./Op.sol";
import {RecentBlock} from "./RecentBlock.sol";
import {Registration, Registrations} from "./Registration.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title The signing keys that live in measured enclaves, and until when.
/// @notice A key registers once for ever and its lease ends within 30 days; an enclave goes on by
/// registering its next key while the lease of the last one runs. Anyone may submit; the governor names
/// who judges evidence; the governor and the guardian revoke, for good.
contract EnclaveRegistry is Governed {
    /// @notice All that is known of one signer.
    /// @dev The registry of measurements is the same for all and stands beside each, so that one look
    /// reads one slot less; uint40 holds block times for 34,000 years.
    /// @param measurement what runs in its enclave; 0 where it is not registered
    /// @param measurements says whether the measurement is trusted; 0 where it is not registered
    /// @param activeFrom the block time from which its word counts; 0 where it is not registered
    /// @param notAfter the first second after its lease
    /// @param grounds what its registration rests on
    /// @param revoked whether it was revoked, for good
    struct Enclave {
        bytes32 measurement;
        MeasurementRegistry measurements;
        uint40 activeFrom;
        uint40 notAfter;
        Grounds grounds;
        bool revoked;
    }

    /// @notice Who judges the evidence of one platform.
    /// @param at the verifier; 0 where the platform has none
    /// @param since the block time from which it is asked
    /// @param grounds what its judgements rest on
    struct Verifier {
        IEvidenceVerifier at;
        uint64 since;
        Grounds grounds;
    }

    /// @notice A lease ends within 30 days of its submission.
    uint64 public constant LEASE_MAX = 30 days;

    /// @notice The word of attesters counts a day after it was given: time to revoke what is wrong.
    uint64 public constant ATTESTERS_DELAY = 24 hours;

    /// @notice A verifier is asked a day after it was named: time to remove one that is wrong.
    uint64 public constant VERIFIER_DELAY = 24 hours;

    /// @notice Says which measurements are trusted; asked again at every look. Set once: another registry
    /// of measurements is another registry of enclaves, which the governor names in the policy.
    MeasurementRegistry public measurementRegistry;

    /// @dev By the platform's name in ASCII, zeros behind, as MeasurementRegistry has it.
    mapping(bytes32 platform => Verifier) private _verifiers;

    mapping(address signer => Enclave) private _enclaves;

    /// @notice `signer` is registered, and its word counts from `activeFrom` until `notAfter`.
    event EnclaveRegistered(
        address indexed signer,
        bytes32 indexed measurement,
        bytes32 indexed instance,
        Grounds grounds,
        uint64 activeFrom,
        uint64 notAfter
    );

    /// @notice `signer` is active never again.
    event EnclaveRevoked(address indexed signer, address actor);

    /// @notice `verifier` judges the evidence of `platform` from `since` on; 0 where nobody does.
    event VerifierSet(bytes32 indexed platform, address verifier, Grounds grounds, uint64 since);

    /// @notice The claim is for another chain.
    error OtherChain(uint256 chainId);

    /// @notice The claim is for another registry.
    error OtherRegistry(address registry);

    /// @notice The claim names `signer`, and `signed` signed it.
    error OtherSigner(address signer, address signed);

    /// @notice A signer registers once.
    error AlreadyRegistered(address signer);

    /// @notice `signer` was revoked, for good.
    error EnclaveIsRevoked(address signer);

    /// @notice The lease does not end after `earliest` and by `latest`.
    error LeaseOutOfRange(uint64 notAfter, uint64 earliest, uint64 latest);

    /// @notice `measurement` is not trusted now.
    error MeasurementNotTrusted(bytes32 measurement);

    /// @notice Nobody judges the evidence of `platform` before `since`; 0 where nobody is named.
    error NoVerifier(bytes32 platform, uint64 since);

    /// @notice The verifier of `platform` did not vouch for the claim.
    error EvidenceRefused(bytes32 platform);

    /// @notice A verifier says what its judgements rest on.
    error NoGrounds(address verifier);

    /// @notice There is no registry of measurements at address 0.
    error MeasurementRegistryRequired();

    /// @param governor_ whoever decides from the first block on; never 0
    /// @param guardian_ the first guardian; 0 for none
    /// @param measurementRegistry_ says which measurements are trusted; never 0
    constructor(address governor_, address guardian_, MeasurementRegistry measurementRegistry_)
        Governed(governor_, guardian_)
    {
        if (address(measurementRegistry_) == address(0)) revert MeasurementRegistryRequired();
        measurementRegistry = measurementRegistry_;
    }

    /// @notice Registers the signer of `claim` (docs/evidence.md, role `registration`). Anyone may.
    /// @param evidence what the verifier of the measurement's platform understands
    /// @param claim the ten words
    /// @param signature of the claim's EIP-712 hash, by the signer
    function register(bytes calldata evidence, bytes calldata claim, bytes calldata signature)
        external
    {
        Registration memory fields = Registrations.decode(claim);
        if (fields.chainId != block.chainid) revert OtherChain(fields.chainId);
        if (fields.registry != address(this)) revert OtherRegistry(fields.registry);
        RecentBlock.requireRecent(fields.number, fields.blockHash);
        address signed =
            Secp256k1.recover(Eip712.digest(Registrations.structHash(claim)), signature);
        if (signed != fields.signer) revert OtherSigner(fields.signer, signed);
        bytes32 platform = _trustedPlatform(fields.measurement);
        Verifier memory verifier = _verifiers[platform];
        if (address(verifier.at) == address(0) || block.timestamp < verifier.since) {
            revert NoVerifier(platform, verifier.since);
        }
        _enroll(fields, verifier.grounds);
        bytes4 answer = verifier.at.verify(evidence, claim);
        if (answer != IEvidenceVerifier.verify.selector) revert EvidenceRefused(platform);
    }

    /// @notice Makes `signer` active never again, known or not. By the governor or the guardian.
    function revoke(address signer) external {
        if (msg.sender != governor) _requireGuardian();
        Enclave storage enclave = _enclaves[signer];
        if (enclave.revoked) revert EnclaveIsRevoked(signer);
        enclave.revoked = true;
        emit EnclaveRevoked(signer, msg.sender);
    }

    /// @notice Names who judges the evidence of `platform` from a day after now; who did before is asked
    /// no more. By the governor.
    /// @param platform as MeasurementRegistry names it, zeros behind
    /// @param verifier says itself what its judgements rest on, which every registration then records
    function setVerifier(bytes32 platform, IEvidenceVerifier verifier) external onlyGovernor {
        Grounds grounds = verifier.grounds();
        if (grounds == Grounds.None) revert NoGrounds(address(verifier));
        uint64 since = uint64(block.timestamp) + VERIFIER_DELAY;
        _verifiers[platform] = Verifier(verifier, since, grounds);
        emit VerifierSet(platform, address(verifier), grounds, since);
    }

    /// @notice Leaves `platform` without anyone who judges, at once: nothing of it registers until the
    /// governor names a verifier again. By the governor or the guardian.
    function removeVerifier(bytes32 platform) external {
        if (msg.sender != governor) _requireGuardian();
        if (address(_verifiers[platform].at) == address(0)) revert NoVerifier(platform, 0);
        delete _verifiers[platform];
        emit VerifierSet(platform, address(0), Grounds.None, 0);
    }

    /// @notice Whether the word of `signer` given at the time `at` counts: within its lease, and its
    /// measurement was trusted then. A signer or measurement that is revoked now counts at no time.
    function isActive(address signer, uint256 at) external view returns (bool) {
        Enclave storage enclave = _enclaves[signer];
        (MeasurementRegistry measurements, uint256 from, uint256 end, bool revoked) =
            (enclave.measurements, enclave.activeFrom, enclave.notAfter, enclave.revoked);
        if (from == 0 || revoked || at < from || at >= end) return false;
        return measurements.isTrusted(enclave.measurement, at);
    }

    /// @notice All that is known of `signer`.
    function enclaveOf(address signer) external view returns (Enclave memory) {
        return _enclaves[signer];
    }

    /// @notice Who judges the evidence of `platform`.
    function verifierOf(bytes32 platform) external view returns (Verifier memory) {
        return _verifiers[platform];
    }

    /// @dev Before the verifier is asked, so that one that calls back finds the signer registered.
    function _enroll(Registration memory fields, Grounds grounds) private {
        Enclave storage enclave = _enclaves[fields.signer];
        if (enclave.revoked) revert EnclaveIsRevoked(fields.signer);
        if (enclave.activeFrom != 0) revert AlreadyRegistered(fields.signer);
        uint64 from = uint64(block.timestamp);
        uint64 latest = from + LEASE_MAX;
        if (grounds != Grounds.Hardware) from += ATTESTERS_DELAY;
        if (fields.notAfter <= from || fields.notAfter > latest) {
            revert LeaseOutOfRange(fields.notAfter, from, latest);
        }
        enclave.measurement = fields.measurement;
        enclave.measurements = measurementRegistry;
        enclave.activeFrom = uint40(from);
        enclave.notAfter = uint40(fields.notAfter);
        enclave.grounds = grounds;
        emit EnclaveRegistered(
            fields.signer, fields.measurement, fields.instance, grounds, from, fields.notAfter
        );
    }

    function _trustedPlatform(bytes32 measurement) private view returns (bytes32) {
        if (!measurementRegistry.isTrusted(measurement, block.timestamp)) {
            revert MeasurementNotTrusted(measurement);
        }
        return measurementRegistry.entryOf(measurement).platform;
    }

    /// @dev The events of roles say all; a registry has no head chain.
    function _committed(Op, bytes memory) internal override {}
}
