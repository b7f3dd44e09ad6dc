package io.attestgate.verify.simulated;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Judgement;
import io.attestgate.verify.evidence.ReportData;
import java.util.Arrays;

/** Reports are judged from arbitrary bytes; nothing is genuine that the root did not sign. */
final class SimulatedJudgeFuzzTest {
    private static final ReportData DATA = ReportData.of(new byte[] {1});

    @FuzzTest(maxDuration = "60s")
    void arbitraryBytesAreRefused(byte[] input) {
        if (input.length > CmwRecord.VALUE_BYTES_MAX) {
            return;
        }
        if (SimulatedJudge.judge(CmwRecord.of("simulated", input), DATA)
                instanceof Judgement.Genuine) {
            throw new AssertionError("genuine, though no claims are one byte");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void aBodyIsReadInItsOneForm(byte[] input) {
        SimulatedReport.parse(input)
                .toOptional()
                .ifPresent(
                        report -> {
                            if (!Arrays.equals(report.toBytes(), input)) {
                                throw new AssertionError("another spelling was read");
                            }
                        });
    }
}
