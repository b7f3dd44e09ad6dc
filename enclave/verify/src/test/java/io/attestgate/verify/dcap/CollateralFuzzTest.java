package io.attestgate.verify.dcap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.wire.Parsed;
import java.util.Optional;

/** Collateral is read from arbitrary files; a quote without any that holds is refused. */
final class CollateralFuzzTest {
    private static final byte[] QUOTE = PlayedIntel.td().make();

    @FuzzTest(maxDuration = "60s")
    void anArbitraryFileSatisfiesNobody(byte[] input) {
        if (input.length > Bundle.FILE_BYTES_MAX) {
            return;
        }
        if (Collateral.parse(Bundle.of("file", input)) instanceof Parsed.Good<Collateral> good
                && Verifier.verify(
                                QUOTE,
                                good.value(),
                                PlayedIntel.lenient(),
                                Optional.empty(),
                                PlayedIntel.NOW)
                        instanceof Appraisal.Trusted) {
            throw new AssertionError("trusted without the root's documents");
        }
    }
}
