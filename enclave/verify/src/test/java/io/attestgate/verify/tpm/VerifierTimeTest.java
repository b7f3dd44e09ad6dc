package io.attestgate.verify.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmQuote;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a warm verification takes on one core; prints it, and fails only far off the aim. */
@Tag("long")
final class VerifierTimeTest {
    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 2_000;
    private static final long MEDIAN_NANOS_MAX = 20_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "secp256r1", "secp384r1"})
    void aWarmVerificationOfAQuoteUnderAVendorsChain(String kind) {
        int hash = kind.equals("secp384r1") ? TpmKey.SHA384 : TpmKey.SHA256;
        TpmKey key = kind.equals("rsa") ? TpmKey.attesting() : TpmKey.attesting(kind, hash);
        TpmEvidence evidence =
                TpmEvidence.parse(PlayedTpm.certified(TpmQuote.of(key)).evidence())
                        .toOptional()
                        .orElseThrow();
        Collateral collateral = Collateral.parse(Bundle.empty()).toOptional().orElseThrow();
        AppraisalPolicy policy = PlayedTpm.policy(PlayedTpm.accepting(PlayedTpm.chained()));
        long[] nanos = new long[MEASURED];
        for (int i = -WARM_UP; i < MEASURED; i++) {
            long start = System.nanoTime();
            Appraisal appraisal =
                    Verifier.verify(
                            evidence,
                            collateral,
                            List.of(),
                            policy,
                            Optional.empty(),
                            PlayedTpm.NOW);
            long taken = System.nanoTime() - start;
            assertThat(appraisal).isInstanceOf(Appraisal.Trusted.class);
            if (i >= 0) {
                nanos[i] = taken;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "TPM quote, %s, warm: median %.3f ms, 99th of 100 %.3f ms%n",
                kind, nanos[MEASURED / 2] / 1e6, nanos[MEASURED * 99 / 100] / 1e6);
        assertThat(nanos[MEASURED / 2]).isLessThan(MEDIAN_NANOS_MAX);
    }
}
