package io.attestgate.attest.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.attest.ChildJvm;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ProcessHardeningTest {

    @Test
    void aHardenedProcessLeavesNoCoreAndIsNotDumpable() throws IOException {
        try (ChildJvm child = ChildJvm.start(Hardened.class)) {
            assertThat(child.line()).isEqualTo("false");
            assertThat(child.line()).isEqualTo("true true");
            assertThat(child.line()).matches("Max core file size +0 +0 +bytes *");
            assertThat(child.line()).isEqualTo("root");
            assertThat(child.exit()).isZero();
        }
    }
}
