package io.attestgate.verify.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.tpm.Companions.Part;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every byte of what real TPMs signed, of the signatures, and of what names a key, changed. */
final class FlippedQuotesTest {
    @BeforeEach
    void vectors() {
        RealVectors.require();
    }

    private static AppraisalPolicy policy(String name) {
        return TpmVectors.policy(
                name.equals(TpmVectors.COCO)
                        ? "[\"spki:" + TpmVectors.COCO_SPKI + "\"]"
                        : "[\"hardware\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "generic-coco,tpms_attest.bin",
        "generic-coco,tpmt_signature.bin",
        "milan-v3-azure-v0,tpms_attest.bin",
        "milan-v3-azure-v0,rsassa-sha256.sig",
        "milan-v3-azure-v0,hcl-runtime-vardata.json"
    })
    void noByteCanChange(String name, String part) {
        SortedMap<String, byte[]> files = TpmVectors.files();
        String file = name + "." + part;
        byte[] bytes = Objects.requireNonNull(files.get(file));
        AppraisalPolicy policy = policy(name);
        assertThat(verify(name, files, policy)).isInstanceOf(Appraisal.Trusted.class);
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            files.put(file, flipped);

            assertThat(verify(name, files, policy))
                    .as("byte " + i)
                    .isNotInstanceOf(Appraisal.Trusted.class);
        }
        System.out.printf("%s: %d flips refused%n", file, bytes.length);
    }

    private static Appraisal verify(
            String name, SortedMap<String, byte[]> files, AppraisalPolicy policy) {
        byte[] quote = Objects.requireNonNull(files.get(name + ".tpms_attest.bin"));
        return PlayedTpm.judge(quote, new Bundle(files), policy);
    }

    /** The same evidence as our JSON: every character of it counts. */
    @Test
    void noCharacterOfTheJsonCanChange() {
        Octets quote = Octets.of(TpmVectors.quote(TpmVectors.COCO));
        Companions companions = Companions.of(TpmVectors.bundle());
        Map<Part, Octets> own = companions.of(quote).getFirst();
        assertThat(own).containsKeys(Part.ATTEST, Part.SIGNATURE, Part.KEY, Part.PCRS);
        byte[] json =
                BareQuote.parse(quote.bytes(), companions).toOptional().orElseThrow().toBytes();
        AppraisalPolicy policy = policy(TpmVectors.COCO);
        assertThat(PlayedTpm.judge(json, Bundle.empty(), policy))
                .isInstanceOf(Appraisal.Trusted.class);
        for (int i = 0; i < json.length; i++) {
            byte[] flipped = json.clone();
            flipped[i] ^= (byte) (1 << (i % 7));

            assertThat(PlayedTpm.judge(flipped, Bundle.empty(), policy))
                    .as("character " + i)
                    .isNotInstanceOf(Appraisal.Trusted.class);
        }
        System.out.printf("%s as JSON: %d flips refused%n", TpmVectors.COCO, json.length);
    }
}
