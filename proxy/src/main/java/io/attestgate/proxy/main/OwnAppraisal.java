package io.attestgate.proxy.main;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.policy.document.TcbState;
import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.HardwareSource;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Fault;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What our own hardware's evidence comes to when we judge it as a reader would: the state that the
 * gateway's document has to accept, and a refusal where no reader would believe us either.
 *
 * <p>The bootstrap file brings the policy, so that it is measured; the collateral comes over the
 * operator's network and is believed as far as its vendor's signatures go. Blocks. Any thread.
 */
final class OwnAppraisal {
    private static final int CHALLENGE_BYTES = 32;

    private final Reports reports;
    private final HardwareSource source;
    private final SecureRandom random;

    OwnAppraisal(Reports reports, HardwareSource source, SecureRandom random) {
        this.reports = reports;
        this.source = source;
        this.random = random;
    }

    /** What a platform can do for its own judgement, and no more of it. */
    interface Reports {

        /** Members over that data, from the device. Blocks. */
        Map<String, CmwRecord> over(ReportData data) throws PlatformException;
    }

    /** What this platform's evidence of now comes to. */
    sealed interface State {

        /** A reader with our policy believes it, in that state, until then. */
        record Judged(TcbState tcb, Instant expiry) implements State {}

        /** He does not, for that reason. */
        record Refused(Refusal refusal) implements State {}

        /** The platform or the vendor's services did not answer: nothing is known. */
        record Unknown(String reason) implements State {}
    }

    /** Makes a report that nobody asked for, and judges it. */
    State judge(Instant now) {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        random.nextBytes(challenge);
        ReportData data = ReportData.of(challenge);
        try {
            Map<String, CmwRecord> members = reports.over(data);
            EvidenceEnvelope envelope = EvidenceEnvelope.of(challenge, List.of(), members);
            return judge(leading(members), source.of(envelope), data, now);
        } catch (PlatformException | IOException e) {
            return new State.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private static CmwRecord leading(Map<String, CmwRecord> members) throws PlatformException {
        return Optional.ofNullable(members.get("cpu"))
                .or(() -> Optional.ofNullable(members.get("tpm")))
                .orElseThrow(
                        () ->
                                new PlatformException(
                                        new Fault(
                                                        "report",
                                                        members.keySet().toString(),
                                                        "a cpu or tpm")
                                                .toString()));
    }

    private static State judge(CmwRecord member, Hardware brought, ReportData data, Instant now)
            throws PlatformException {
        EvidenceKind kind =
                EvidenceKinds.ofMediaType(member.kind())
                        .orElseThrow(
                                () ->
                                        new PlatformException(
                                                "report: no kind that this release judges: "
                                                        + member.kind()));
        Appraisal appraisal =
                kind.verify(
                        member.value(),
                        brought.collateral(),
                        brought.policy(),
                        Optional.of(Octets.of(data.bytes())),
                        now);
        return switch (appraisal) {
            case Refusal refusal -> new State.Refused(refusal);
            case Appraisal.Trusted trusted ->
                    new State.Judged(spelledAs(trusted.tcb().spelling()), trusted.expiry());
        };
    }

    /** Documents and verifiers spell states alike; documents have all but the revoked one. */
    private static TcbState spelledAs(String spelling) {
        return Arrays.stream(TcbState.values())
                .filter(state -> state.spelling().equals(spelling))
                .findFirst()
                .orElseThrow(() -> new AssertionError("a state that passes: " + spelling));
    }

    /** What evidence about ourselves is judged by. */
    HardwareSource source() {
        return source;
    }
}
