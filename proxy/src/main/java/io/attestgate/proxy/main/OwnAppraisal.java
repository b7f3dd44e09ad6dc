package io.attestgate.proxy.main;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.certificate.key.EnclaveIdentity;
import io.attestgate.policy.document.EvidenceRoot;
import io.attestgate.policy.document.TcbState;
import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.HardwareSource;
import io.attestgate.verify.RootOfTrust;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private final EnclaveIdentity identity;
    private final HardwareSource source;
    private final SecureRandom random;

    /**
     * @param identity who we are to everybody else: evidence of anybody else's is not our own
     */
    OwnAppraisal(
            Reports reports, EnclaveIdentity identity, HardwareSource source, SecureRandom random) {
        this.reports = reports;
        this.identity = identity;
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

        /** A reader with our policy believes it, in that state, by those roots, until then. */
        record Judged(TcbState tcb, Set<EvidenceRoot> roots, Instant expiry) implements State {
            public Judged {
                roots = Set.copyOf(roots);
            }

            /** Whether that is the same but for the time. */
            boolean isAs(Judged other) {
                return tcb == other.tcb && roots.equals(other.roots);
            }

            @Override
            public String toString() {
                return tcb.spelling() + " by " + roots;
            }
        }

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
            CmwRecord member = leading(reports.over(data));
            return judge(member, source.of(member), data, now);
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

    private State judge(CmwRecord member, Hardware brought, ReportData data, Instant now)
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
                    stranger(trusted.report())
                            .<State>map(State.Refused::new)
                            .orElseGet(
                                    () ->
                                            new State.Judged(
                                                    spelledAs(trusted.tcb().spelling()),
                                                    roots(trusted),
                                                    trusted.expiry()));
        };
    }

    /** Good evidence may still be another's: it has to say what we say of ourselves. */
    private Optional<Refusal> stranger(PlatformReport report) {
        EnclaveIdentity his =
                new EnclaveIdentity(
                        report.platform(),
                        report.measurement(identity.config()),
                        identity.config(),
                        report.instance());
        return his.equals(identity)
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.MEASUREMENT,
                                his.toString(),
                                "what this process took itself for: " + identity,
                                "docs/platforms.md, its own evidence"));
    }

    /** Where no certificate vouches for the key, the verdict ends in the key. */
    private static Set<EvidenceRoot> roots(Appraisal.Trusted trusted) {
        Set<EvidenceRoot> roots = new HashSet<>();
        for (Hash32 root : trusted.roots()) {
            roots.add(new EvidenceRoot(RootOfTrust.of(root).name(), root));
        }
        if (roots.isEmpty()) {
            Optional.ofNullable(trusted.identity().get("akSpki"))
                    .flatMap(Hash32::parse)
                    .ifPresent(key -> roots.add(new EvidenceRoot(key.toString(), key)));
        }
        return roots;
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
