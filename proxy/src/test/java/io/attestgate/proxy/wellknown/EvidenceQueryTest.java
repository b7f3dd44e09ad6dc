package io.attestgate.proxy.wellknown;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvidenceQueryTest {
    private static final String ZERO = "A".repeat(43);

    @Test
    void aNonceAloneIsBoundToTheKey() {
        assertThat(EvidenceQuery.parse("nonce=" + ZERO))
                .isEqualTo(Parsed.good(new EvidenceQuery(Hash32.ZERO, EvidenceQuery.Binding.SPKI)));
    }

    @Test
    void theExporterMayBeAskedFor() {
        assertThat(EvidenceQuery.parse("binding=exporter&nonce=" + ZERO))
                .isEqualTo(
                        Parsed.good(
                                new EvidenceQuery(Hash32.ZERO, EvidenceQuery.Binding.EXPORTER)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonce",
                "nonce=",
                "nonce=AA",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%41",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+",
                "NONCE=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&x=1",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&binding=",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&binding=spki",
                "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&nonce=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            })
    void everyOtherQueryIsAFault(String query) {
        assertThat(EvidenceQuery.parse(query)).isInstanceOf(Parsed.Bad.class);
    }

    @FuzzTest(maxDuration = "60s")
    void anyQueryIsItsNonceOrAFault(byte[] bytes) {
        String query = new String(bytes, StandardCharsets.ISO_8859_1);
        EvidenceQuery.parse(query)
                .toOptional()
                .ifPresent(
                        good ->
                                assertThat(query)
                                        .contains(
                                                "nonce=" + Base64Url.write(good.nonce().bytes())));
    }
}
