package io.attestgate.policy.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Arbitrary bytes are what a checkpoint encodes to, or none. */
class LightClientCheckpointFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void decode(byte[] bytes) {
        LightClientCheckpoint.decode(bytes)
                .toOptional()
                .ifPresent(checkpoint -> assertThat(checkpoint.encode()).isEqualTo(bytes));
    }
}
