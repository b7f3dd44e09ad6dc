package io.attestgate.certificate.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Hostname;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChallengesTest {
    private static final Hostname NAME = new Hostname("a.example");
    private static final Hostname OTHER = new Hostname("b.example");
    private static final String ACME_IDENTIFIER = "1.3.6.1.5.5.7.1.31";

    private final Challenges challenges =
            new Challenges(() -> Instant.parse("2026-05-01T12:00:00Z"), new SecureRandom());

    @Test
    void theAlpnCertificateHasTheOneNameAndTheProofAsRfc8737Says() throws Exception {
        byte[] validation = new byte[32];
        Arrays.fill(validation, (byte) 7);
        challenges.answerAlpn(NAME, validation);
        AlpnAnswer answer = challenges.alpn(NAME).orElseThrow();
        X509Certificate certificate = answer.certificate();
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(2, NAME.value()));
        assertThat(certificate.getCriticalExtensionOIDs()).contains(ACME_IDENTIFIER);
        byte[] extension = certificate.getExtensionValue(ACME_IDENTIFIER);
        // OCTET STRING of the extension, around an OCTET STRING of the digest.
        assertThat(Arrays.copyOf(extension, 4)).containsExactly(4, 34, 4, 32);
        assertThat(Arrays.copyOfRange(extension, 4, 36)).isEqualTo(validation);
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(challenges.alpn(OTHER)).isEmpty();
    }

    @Test
    void theHttpAnswerIsForItsNameAndTokenAlone() {
        challenges.answerHttp(NAME, "token", "token.thumbprint");
        assertThat(challenges.http01(NAME, "token")).contains("token.thumbprint");
        assertThat(challenges.http01(NAME, "other")).isEmpty();
        assertThat(challenges.http01(OTHER, "token")).isEmpty();
    }

    @Test
    void whatIsWithdrawnIsAnsweredNoMore() {
        challenges.answerHttp(NAME, "token", "token.thumbprint");
        challenges.answerAlpn(NAME, new byte[32]);
        challenges.withdraw(NAME);
        assertThat(challenges.http01(NAME, "token")).isEmpty();
        assertThat(challenges.alpn(NAME)).isEmpty();
    }
}
