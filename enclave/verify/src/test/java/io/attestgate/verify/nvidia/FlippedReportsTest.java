package io.attestgate.verify.nvidia;

import static io.attestgate.verify.nvidia.NvidiaVectors.BETWEEN;
import static io.attestgate.verify.nvidia.NvidiaVectors.COMPLETE;
import static io.attestgate.verify.nvidia.NvidiaVectors.DRIVER;
import static io.attestgate.verify.nvidia.NvidiaVectors.VBIOS;
import static io.attestgate.verify.nvidia.NvidiaVectors.chain;
import static io.attestgate.verify.nvidia.NvidiaVectors.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Revocation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real report and real manifests, with every byte of what is signed flipped in turn. */
final class FlippedReportsTest {

    @BeforeEach
    void vectors() {
        RealVectors.require();
    }

    @Test
    void noByteOfAReportCanChange() {
        byte[] report = NvidiaVectors.report(COMPLETE);
        Collateral collateral =
                Collateral.parse(NvidiaVectors.bundle(List.of(chain(COMPLETE), DRIVER, VBIOS)))
                        .toOptional()
                        .orElseThrow();
        Appraisal.Trusted unchanged = trusted(verify(report, collateral));
        assertThat(unchanged.claims()).containsEntry("driver", "550.90.07");
        for (int i = 0; i < report.length; i++) {
            byte[] flipped = report.clone();
            flipped[i] ^= (byte) (1 << (i % 8));

            assertThat(verify(flipped, collateral))
                    .as("byte " + i)
                    .isNotInstanceOf(Appraisal.Trusted.class);
        }
        System.out.printf("%s: %d flips refused%n", COMPLETE, report.length);
    }

    private static Appraisal verify(byte[] report, Collateral collateral) {
        return Verifier.verify(
                report,
                collateral,
                NvidiaVectors.policy(Revocation.IF_PRESENT),
                Optional.empty(),
                BETWEEN);
    }

    /** White space inside of a start tag says nothing to XML. */
    @Test
    void noValueOfAManifestCanChange() {
        byte[] xml = RealVectors.read(VBIOS);
        Rim unchanged = Rim.parse(xml).toOptional().orElseThrow();
        assertThat(unchanged.isSigned()).isTrue();
        int end = new String(xml, StandardCharsets.ISO_8859_1).indexOf("<ds:Key");
        int refused = 0;
        int same = 0;
        for (int i = 0; i < end; i += 11) {
            byte[] flipped = xml.clone();
            flipped[i] ^= 1;
            Optional<Rim> rim = Rim.parse(flipped).toOptional().filter(Rim::isSigned);
            rim.ifPresent(one -> assertThat(one.golden()).isEqualTo(unchanged.golden()));
            same += rim.isPresent() ? 1 : 0;
            refused += rim.isPresent() ? 0 : 1;
        }
        System.out.printf("%s: %d flips refused, %d say the same%n", VBIOS, refused, same);
        assertThat(same).isLessThan(2);
    }
}
