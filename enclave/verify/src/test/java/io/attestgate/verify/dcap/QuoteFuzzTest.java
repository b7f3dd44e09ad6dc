package io.attestgate.verify.dcap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.evidence.Appraisal;
import java.util.Optional;

/** Quotes are read and judged from arbitrary bytes; nothing is trusted that Intel did not sign. */
final class QuoteFuzzTest {
    private static final Collateral COLLATERAL = PlayedIntel.read(PlayedIntel.upToDate().make());

    @FuzzTest(maxDuration = "60s")
    void arbitraryBytesAreRefused(byte[] input) {
        if (Verifier.verify(
                        input, COLLATERAL, PlayedIntel.lenient(), Optional.empty(), PlayedIntel.NOW)
                instanceof Appraisal.Trusted) {
            throw new AssertionError("trusted, though the root was made for this run");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void whatIsReadHasAllItsFields(byte[] input) {
        Quote.parse(input)
                .toOptional()
                .ifPresent(
                        quote -> {
                            if (quote.body().fields().isEmpty()
                                    || quote.body().reportData().size() != 64) {
                                throw new AssertionError("a quote without fields");
                            }
                        });
    }
}
