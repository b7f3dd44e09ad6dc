package io.attestgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Appraisal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is measured is trusted: a rule that grew stricter must not wait for the next measurement.
 */
class KeptTest {
    @ParameterizedTest
    @ValueSource(strings = {"dcap", "snp", "tpm", "nitro"})
    void whatIsMeasuredIsTrustedAgainAndAgain(String kind) {
        assertTrustedTwice(Kept.of(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = "nvidia")
    void whatIsMeasuredByRealManifestsIsTrustedAgainAndAgain(String kind) {
        RealVectors.require();
        assertTrustedTwice(Kept.of(kind));
    }

    private static void assertTrustedTwice(Kept kept) {
        assertThat(kept.verify()).isInstanceOf(Appraisal.Trusted.class);
        assertThat(kept.verify()).isInstanceOf(Appraisal.Trusted.class);
    }
}
