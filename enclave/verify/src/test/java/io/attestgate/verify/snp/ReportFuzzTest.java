package io.attestgate.verify.snp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.testpki.SnpReport;
import java.util.Optional;

/** Reports are read and judged from arbitrary bytes; nothing is trusted that AMD did not sign. */
final class ReportFuzzTest {
    private static final Collateral COLLATERAL = collateral();

    private static Collateral collateral() {
        SnpReport report = PlayedAmd.milan();
        return PlayedAmd.read(PlayedAmd.files(PlayedAmd.MILAN, report.vcek()));
    }

    @FuzzTest(maxDuration = "60s")
    void arbitraryBytesAreRefused(byte[] input) {
        if (Verifier.verify(
                        input,
                        COLLATERAL,
                        PlayedAmd.policy(PlayedAmd.lenient()),
                        Optional.empty(),
                        PlayedAmd.NOW)
                instanceof Appraisal.Trusted) {
            throw new AssertionError("trusted, though the root was made for this run");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void whatIsReadCanBeShown(byte[] input) {
        new SnpKind()
                .inspect(input)
                .toOptional()
                .ifPresent(
                        tree -> {
                            if (tree.members().size() != 9 || !new SnpKind().isLike(input)) {
                                throw new AssertionError("a report without fields");
                            }
                        });
    }
}
