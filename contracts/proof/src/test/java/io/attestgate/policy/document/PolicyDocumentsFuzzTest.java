package io.attestgate.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;

/** Arbitrary bytes are read or refused, and what is read is its own canonical form. */
class PolicyDocumentsFuzzTest {
    private static final PolicyName APP = new PolicyName("app.example");

    @FuzzTest(maxDuration = "60s")
    void domain(byte[] bytes) {
        holds(PolicyDocuments.parseDomain(APP, bytes), bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void gateway(byte[] bytes) {
        holds(PolicyDocuments.parseGateway(bytes), bytes);
    }

    private static void holds(Parsed<?> parsed, byte[] bytes) {
        if (parsed instanceof Parsed.Good) {
            assertThat(JsonReader.parseCanonical(bytes, bytes.length).faults()).isEmpty();
        } else {
            assertThat(parsed.faults()).isNotEmpty().allMatch(f -> f.path().startsWith("$"));
        }
    }
}
