package io.attestgate.verify.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.x509.Certificates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every byte of a real quote of each kind, changed: what is signed is refused, and the armour
 * around the certificates changes nothing.
 */
final class FlippedQuotesTest {

    static Stream<Arguments> quotes() {
        RealVectors.require();
        return Stream.of(
                Arguments.of(
                        "evidence/sgx/v3-dcapqvl-00a067.quote.bin",
                        List.of(DcapVectors.QVL_SGX),
                        "2025-06-25T00:00:00Z"),
                Arguments.of(
                        "evidence/tdx/v4-dcapqvl-b0c06f.quote.bin",
                        List.of(DcapVectors.QVL_TDX),
                        "2025-06-25T00:00:00Z"),
                Arguments.of(
                        "evidence/tdx/v5-google-90c06f.quote.bin",
                        DcapVectors.GO_2026,
                        "2026-02-25T00:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void noByteThatIsSignedCanChange(String name, List<String> files, String at) {
        byte[] quote = RealVectors.read(name);
        Collateral collateral = DcapVectors.collateral(files);
        Instant now = Instant.parse(at);
        assertThat(isTrusted(quote, collateral, now)).isTrue();
        Octets chain = DcapVectors.quote(name).signature().certificationData();
        int armour = 0;
        for (int i = 0; i < quote.length; i++) {
            byte[] flipped = quote.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            if (isTrusted(flipped, collateral, now)) {
                assertThat(isArmour(flipped, chain)).as("byte " + i).isTrue();
                armour++;
            }
        }
        System.out.printf(
                "%s: %d flips refused, %d of armour changed nothing%n",
                name, quote.length - armour, armour);
    }

    private static boolean isTrusted(byte[] quote, Collateral collateral, Instant now) {
        return Verifier.verify(
                        quote,
                        collateral,
                        DcapVectors.accepting(TcbState.values()),
                        Optional.empty(),
                        now)
                instanceof Appraisal.Trusted;
    }

    /** The chain's text differs, and the certificates in it do not. */
    private static boolean isArmour(byte[] flipped, Octets chain) {
        Octets other =
                Quote.parse(flipped).toOptional().orElseThrow().signature().certificationData();
        return !other.equals(chain)
                && Certificates.parseAll(other.bytes())
                        .toOptional()
                        .equals(Certificates.parseAll(chain.bytes()).toOptional());
    }
}
