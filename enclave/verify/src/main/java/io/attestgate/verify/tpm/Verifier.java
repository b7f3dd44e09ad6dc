package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Expiry;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Judges a TPM's quote, and stops at the first check that fails (docs/evidence-tpm.md).
 *
 * <p>Any thread.
 */
public final class Verifier {
    /** SHA-256 of Google's EK/AK CA Root (2022 to 2122), under which its virtual TPMs' keys are. */
    public static final Hash32 GOOGLE_EK_AK =
            pin("0x594759594b9b61524f6c8ef668f7177f7b9066bc0674f2f49fe9e052be78beb2");

    /** SHA-256 of Microsoft's Azure Virtual TPM Root Certificate Authority 2023 (to 2048). */
    public static final Hash32 AZURE_VIRTUAL_TPM =
            pin("0xe6c596b17f8ffefba5c300f714cfb1260c6028704ecf7becc4ab5018efb00e95");

    /** SHA-256 of Microsoft RSA Devices Root CA 2021 (to 2046). */
    public static final Hash32 MICROSOFT_RSA_DEVICES =
            pin("0x8c2bb9144d4970c94fb8105cc5d860a58e2e675eb360fdd8c14b30833aaaec1d");

    /** Roots that a policy may call by name. */
    public static final Map<String, Hash32> NAMED_ROOTS =
            Map.of(
                    "google-ek-ak", GOOGLE_EK_AK,
                    "azure-virtual-tpm", AZURE_VIRTUAL_TPM,
                    "microsoft-rsa-devices", MICROSOFT_RSA_DEVICES);

    private final TpmEvidence evidence;
    private final Question question;
    private final List<EvidenceKind> processors;

    private Verifier(TpmEvidence evidence, Question question, List<EvidenceKind> processors) {
        this.evidence = evidence;
        this.question = question;
        this.processors = processors;
    }

    /**
     * Judges a quote; never throws for what it or the collateral holds.
     *
     * @param processors the kinds of reports that may vouch for a TPM's key
     * @param reportData whose SHA-256 must be the quote's {@code extraData}; empty if the caller
     *     checks that
     */
    public static Appraisal verify(
            TpmEvidence evidence,
            Collateral collateral,
            List<EvidenceKind> processors,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        Optional<TpmPolicy> accepted = policy.part(TpmPolicy.class);
        if (accepted.isEmpty()) {
            return new Refusal(
                    Check.PLATFORM,
                    "a policy without the member tpm",
                    "which keys and PCRs the reader accepts: no TPM has them by itself",
                    "docs/evidence-tpm.md, policy");
        }
        Question question = new Question(collateral, policy, accepted.get(), now, new Expiry());
        try {
            return new Verifier(evidence, question, processors).judge(reportData);
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    private Appraisal judge(Optional<Octets> reportData) throws RefusedException {
        AttestationKey key = key();
        Vouched vouched = new KeyTrust(evidence, question, processors).judge(key);
        RefusedException.unless(
                evidence.signature().isOf(key.key(), evidence.attest().bytes()),
                Check.SIGNATURE,
                "another %s over TPMS_ATTEST".formatted(evidence.signature().algorithm()),
                "that of key " + key.spki(),
                "TPM 2.0 Part 2 §11.3.4, TPMT_SIGNATURE");
        reportData(reportData);
        TpmPolicy accepted = question.accepted();
        SortedMap<Integer, Octets> pcrs = new PcrCheck(evidence, accepted.pcrs()).judge();
        new ClockCheck(evidence.attest(), accepted).judge();
        Optional<Integer> events =
                new LogReplay(bank(), pcrs).judge(evidence.eventLog(), accepted.replayed());
        if (vouched.hardware().isEmpty()) {
            unjudged();
        }
        return new TrustedQuote(evidence.attest(), bank(), pcrs, key, vouched, events)
                .verdict(evidence.azure(), question.expiry().first());
    }

    private AttestationKey key() throws RefusedException {
        return switch (KeyOfQuote.of(evidence)) {
            case Parsed.Good<AttestationKey> good -> good.value();
            case Parsed.Bad<AttestationKey> bad ->
                    throw new RefusedException(
                            Refusal.of(Check.SIGNER, bad, "docs/evidence-tpm.md, the key"));
        };
    }

    private TpmHash bank() {
        return TpmHash.of(question.accepted().pcrs().selection().bank()).orElseThrow();
    }

    private void reportData(Optional<Octets> expected) throws RefusedException {
        Optional<Octets> qualifying = expected.map(data -> Octets.of(Digests.sha256(data.bytes())));
        RefusedException.unless(
                qualifying.isEmpty() || qualifying.get().equals(evidence.attest().extraData()),
                Check.REPORT_DATA,
                "extraData " + evidence.attest().extraData(),
                "SHA-256 of the report data: " + qualifying.map(Octets::toString).orElse(""),
                "docs/evidence.md, report_data");
    }

    /** No vendor judges TPMs' firmware by levels: the policy's versions do, while it says so. */
    private void unjudged() throws RefusedException {
        Optional<Instant> until = question.policy().until(TcbState.UNJUDGED, question.now());
        RefusedException.unless(
                until.isPresent(),
                Check.TCB_STATE,
                "unjudged" + question.policy().lapse(TcbState.UNJUDGED),
                "a state that the policy accepts at " + question.now(),
                "the reader's policy");
        question.expiry().at(until.orElseThrow());
    }

    private static Hash32 pin(String sha256) {
        return Hash32.parse(sha256).orElseThrow();
    }
}
