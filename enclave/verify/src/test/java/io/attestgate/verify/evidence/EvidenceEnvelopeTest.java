package io.attestgate.verify.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attestgate.verify.Vectors;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class EvidenceEnvelopeTest {
    private static final Json VECTORS = Vectors.read("evidence.json");

    @TestFactory
    Stream<DynamicTest> anEnvelopeOfAnotherFormIsAFault() {
        return Vectors.rows(VECTORS, "malformed").stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        Vectors.text(row, "name"),
                                        () ->
                                                assertThat(parse(row))
                                                        .isInstanceOf(Parsed.Bad.class)));
    }

    private static Parsed<EvidenceEnvelope> parse(Json.Obj row) {
        return EvidenceEnvelope.parse(CanonicalJson.write(row.get("envelope").orElseThrow()));
    }

    @Test
    void anEnvelopeIsWrittenAsItWasRead() {
        for (Json.Obj row : Vectors.rows(VECTORS, "judged")) {
            EvidenceEnvelope envelope = parse(row).toOptional().orElseThrow();
            assertThat(envelope.toJson()).isEqualTo(row.get("envelope").orElseThrow());
            assertThat(EvidenceEnvelope.parse(envelope.toBytes()).toOptional()).contains(envelope);
        }
    }

    @Test
    void anIndicatorThatSaysEvidenceIsAccepted() {
        CmwRecord cpu = CmwRecord.of("simulated", new byte[] {1});
        EvidenceEnvelope envelope = EvidenceEnvelope.of(new byte[1], List.of(), Map.of("cpu", cpu));
        String json =
                new String(envelope.toBytes(), StandardCharsets.UTF_8)
                        .replace("\"AQ\"]", "\"AQ\",4]");
        assertThat(EvidenceEnvelope.parse(json.getBytes(StandardCharsets.UTF_8)).toOptional())
                .contains(envelope);
    }

    @Test
    void limitsHoldForWhatWeWriteToo() {
        Map<String, CmwRecord> cpu = Map.of("cpu", CmwRecord.of("simulated", new byte[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                EvidenceEnvelope.of(
                                        new byte[1], Collections.nCopies(17, Hash32.ZERO), cpu));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvidenceEnvelope.of(new byte[64 * 1024 + 1], List.of(), cpu));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CmwRecord.of("simulated", new byte[256 * 1024 + 1]));
    }
}
