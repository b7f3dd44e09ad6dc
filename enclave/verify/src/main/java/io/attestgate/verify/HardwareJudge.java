package io.attestgate.verify;

import io.attestgate.verify.dcap.DcapKind;
import io.attestgate.verify.dcap.Quote;
import io.attestgate.verify.dcap.Rtmrs;
import io.attestgate.verify.dcap.TdReport;
import io.attestgate.verify.eventlog.DstackLog;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Judgement;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.snp.SnpKind;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Judges the members of an envelope that hardware made, with what the reader brings. */
final class HardwareJudge {
    static final String CPU = "cpu";
    static final String EVENT_LOG = "eventlog";

    static final String SGX = "sgx";
    static final String TDX = "tdx";
    static final String DSTACK = "dstack";
    static final String SNP = "snp";

    /** The platforms of this release. */
    static final Set<String> PLATFORMS = Set.of(SGX, TDX, DSTACK, SNP);

    private static final String CLAUSE = "docs/evidence.md, members";
    private static final EvidenceKind DCAP = new DcapKind();
    private static final EvidenceKind AMD = new SnpKind();

    private final EvidenceEnvelope envelope;
    private final Hardware hardware;

    HardwareJudge(EvidenceEnvelope envelope, Hardware hardware) {
        this.envelope = envelope;
        this.hardware = hardware;
    }

    /** The members that evidence of that platform has. */
    static Set<String> members(String platform) {
        return platform.equals(DSTACK) ? Set.of(CPU, EVENT_LOG) : Set.of(CPU);
    }

    Judgement judge(Instant now) {
        CmwRecord cpu = member(CPU);
        Appraisal appraisal =
                kind(cpu)
                        .verify(
                                cpu.value(),
                                hardware.collateral(),
                                hardware.policy(),
                                Optional.of(Octets.of(envelope.reportData().bytes())),
                                now);
        return switch (appraisal) {
            case Refusal refusal -> refusal;
            case Appraisal.Trusted trusted -> asNamed(cpu, trusted);
        };
    }

    private static EvidenceKind kind(CmwRecord cpu) {
        return cpu.kind().equals(SNP) ? AMD : DCAP;
    }

    private Judgement asNamed(CmwRecord cpu, Appraisal.Trusted trusted) {
        PlatformReport report = trusted.report();
        String expected = cpu.kind().equals(DSTACK) ? TDX : cpu.kind();
        if (!report.platform().equals(expected)) {
            return new Refusal(Check.REPORT, "a quote of " + report.platform(), expected, CLAUSE);
        }
        return cpu.kind().equals(DSTACK) ? dstack(cpu, trusted) : new Judgement.Genuine(report);
    }

    private Judgement dstack(CmwRecord cpu, Appraisal.Trusted trusted) {
        TdReport domain = (TdReport) Quote.parse(cpu.value()).toOptional().orElseThrow().body();
        return switch (DstackLog.parse(member(EVENT_LOG).value())) {
            case Parsed.Bad<DstackLog> bad ->
                    Refusal.of(Check.EVENT_LOG, bad, "docs/evidence-dcap.md, event logs");
            case Parsed.Good<DstackLog> good ->
                    Rtmrs.refusal(good.value(), domain)
                            .<Judgement>map(refusal -> refusal)
                            .orElseGet(() -> genuine(good.value(), domain, trusted));
        };
    }

    private static Judgement genuine(DstackLog log, TdReport domain, Appraisal.Trusted trusted) {
        return new Judgement.Genuine(
                new PlatformReport(
                        DSTACK,
                        Rtmrs.dstackRegisters(log, domain),
                        Instance.of(DSTACK, ppid(trusted)),
                        Optional.empty(),
                        trusted.report().restsOn() + "; dstack's measured system"));
    }

    private static byte[] ppid(Appraisal.Trusted trusted) {
        return Hex.parse(Objects.requireNonNull(trusted.identity().get("ppid"))).orElseThrow();
    }

    private CmwRecord member(String name) {
        return Objects.requireNonNull(envelope.evidence().get(name));
    }
}
