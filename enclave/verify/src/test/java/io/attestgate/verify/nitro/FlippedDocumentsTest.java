package io.attestgate.verify.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every byte of a real document, changed: headers, payload and signature. */
final class FlippedDocumentsTest {

    @Test
    void noByteCanChange() {
        RealVectors.require();
        byte[] document = RealVectors.read(RealDocumentsTest.PRODUCTION);
        Collateral collateral = Collateral.none();
        assertThat(verify(document, collateral)).isInstanceOf(Appraisal.Trusted.class);
        Map<Check, Integer> refused = new EnumMap<>(Check.class);
        for (int i = 0; i < document.length; i++) {
            byte[] flipped = document.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            Appraisal appraisal = verify(flipped, collateral);
            assertThat(appraisal).as("byte " + i).isInstanceOf(Refusal.class);
            refused.merge(PlayedAmazon.check(appraisal), 1, Integer::sum);
        }
        System.out.printf("dstack-nsm-2025.cose: %d flips refused, %s%n", document.length, refused);
    }

    /** With an age that no flip of the timestamp can leave, and debug accepted. */
    private static Appraisal verify(byte[] document, Collateral collateral) {
        return Verifier.verify(
                document,
                collateral,
                RealDocumentsTest.policy(Debug.ACCEPTED, Duration.ofDays(30_000)),
                Optional.empty(),
                RealDocumentsTest.PRODUCTION_MADE.plus(Duration.ofHours(1)));
    }
}
