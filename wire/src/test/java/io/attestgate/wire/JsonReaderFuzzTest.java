package io.attestgate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Arbitrary bytes are a value or a fault; a value comes back from its own canonical form. */
final class JsonReaderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyBytes(byte[] bytes) {
        JsonReader.parse(bytes, 1 << 16)
                .toOptional()
                .ifPresent(
                        json ->
                                assertThat(
                                                JsonReader.parseCanonical(
                                                                CanonicalJson.write(json), 1 << 20)
                                                        .toOptional())
                                        .contains(json));
    }
}
