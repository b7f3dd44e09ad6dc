package io.attestgate.verify.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmQuote;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A quote in a file of its own, whose parts are not where they must be. */
final class BareQuoteTest {
    private static final byte[] QUOTE = TpmQuote.of(TpmKey.attesting()).attest();

    private static Refusal refusal(Bundle collateral) {
        return (Refusal)
                PlayedTpm.judge(
                        QUOTE,
                        collateral,
                        PlayedTpm.policy(PlayedTpm.accepting(PlayedTpm.NO_KEYS)));
    }

    @Test
    void aQuoteAloneIsToldWhetherThereWasAnyCollateral() {
        Refusal without = refusal(Bundle.empty());
        Refusal among = refusal(Bundle.of("key.pem", new byte[1]));

        assertThat(without.check()).isEqualTo(Check.REPORT);
        assertThat(without.found()).contains("without collateral");
        assertThat(among.check()).isEqualTo(Check.REPORT);
        assertThat(among.found()).contains("files: 1");
    }

    @ParameterizedTest
    @EnumSource(value = Companions.Part.class, mode = EnumSource.Mode.EXCLUDE, names = "ATTEST")
    void aQuoteAloneIsToldTheEndingsThatAreLookedFor(Companions.Part part) {
        assertThat(refusal(Bundle.empty()).expected())
                .contains(Companions.Part.endings(Set.of(part)));
    }

    @Test
    void aQuoteWithoutItsSignatureIsToldTheEndingsOfSignatures() {
        Refusal refusal = refusal(Bundle.of("one.tpms_attest.bin", QUOTE));

        assertThat(refusal.check()).isEqualTo(Check.REPORT);
        assertThat(refusal.found()).contains("signature");
        assertThat(refusal.expected())
                .contains("tpmt_signature.bin", "rsapss-sha384.sig")
                .doesNotContain("pcrs.json");
    }
}
