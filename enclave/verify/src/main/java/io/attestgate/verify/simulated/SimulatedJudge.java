package io.attestgate.verify.simulated;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Judgement;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Parsed;
import java.util.Optional;

/** Judges the simulated platform's reports; whether to accept that platform is not asked here. */
public final class SimulatedJudge {
    private static final String CLAUSE = "docs/evidence.md, simulated";

    private SimulatedJudge() {}

    /** Holds one report against its root and against the data it must carry. */
    public static Judgement judge(CmwRecord cpu, ReportData expected) {
        return switch (SimulatedEvidence.parse(cpu.value())) {
            case Parsed.Bad<SimulatedEvidence> bad -> Refusal.of(Check.REPORT, bad, CLAUSE);
            case Parsed.Good<SimulatedEvidence> good -> judge(good.value(), expected);
        };
    }

    private static Judgement judge(SimulatedEvidence evidence, ReportData expected) {
        if (!DevelopmentRoot.signed(evidence.body(), evidence.signature())) {
            return new Refusal(Check.REPORT, "another signature", "the development root's", CLAUSE);
        }
        return switch (SimulatedReport.parse(evidence.body())) {
            case Parsed.Bad<SimulatedReport> bad -> Refusal.of(Check.REPORT, bad, CLAUSE);
            case Parsed.Good<SimulatedReport> good -> judge(good.value(), expected);
        };
    }

    private static Judgement judge(SimulatedReport report, ReportData expected) {
        if (!report.reportData().equals(expected)) {
            return new Refusal(
                    Check.REPORT_DATA,
                    report.reportData().sha256().toString(),
                    expected.sha256().toString(),
                    "docs/evidence.md, report_data");
        }
        return new Judgement.Genuine(
                new PlatformReport(
                        SimulatedReport.KIND,
                        report.registers().bytes(),
                        Optional.empty(),
                        Optional.of(report.config()),
                        "nobody: the simulated platform's key is public"));
    }
}
