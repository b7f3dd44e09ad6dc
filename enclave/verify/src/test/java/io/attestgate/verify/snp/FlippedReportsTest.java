package io.attestgate.verify.snp;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.testpki.SnpReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every byte of a real report of each kind of key, changed: what is signed and the signature are
 * refused, and what is reserved after them changes nothing.
 */
final class FlippedReportsTest {
    private static final int SIGNATURE_END = SnpReport.SIGNATURE + 2 * 72;

    static Stream<Arguments> reports() {
        RealVectors.require();
        return Stream.of(
                Arguments.of("milan-v2-virtee", "ask_ark_milan.pem"),
                Arguments.of("milan-v3-azure-v0", "ask_ark_milan.pem"),
                Arguments.of("milan-v3-vlek-coco", "ask_ark_milan_vlek.pem"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void noByteThatIsSignedCanChange(String name, String chain) {
        byte[] report = RealVectors.read(SnpVectors.EVIDENCE + name + ".report.bin");
        Collateral collateral =
                Collateral.parse(
                                SnpVectors.bundle(
                                        List.of(
                                                SnpVectors.EVIDENCE + name + ".vek.der",
                                                SnpVectors.CHAINS + chain)))
                        .toOptional()
                        .orElseThrow();
        Appraisal unchanged = verify(report, collateral);
        assertThat(unchanged).isInstanceOf(Appraisal.Trusted.class);
        int refused = 0;
        for (int i = 0; i < report.length; i++) {
            byte[] flipped = report.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            boolean trusted = verify(flipped, collateral) instanceof Appraisal.Trusted;

            assertThat(trusted).as("byte " + i).isEqualTo(i >= SIGNATURE_END);
            refused += trusted ? 0 : 1;
        }
        System.out.printf(
                "%s: %d flips refused, %d of padding changed nothing%n",
                name, refused, report.length - refused);
    }

    private static Appraisal verify(byte[] report, Collateral collateral) {
        return Verifier.verify(
                report,
                collateral,
                SnpVectors.policy(Debug.ACCEPTED),
                Optional.empty(),
                SnpVectors.NOW);
    }
}
