package io.attestgate.attest.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ErasableBytesTest {
    private final ErasableBytes bytes = new ErasableBytes();

    @Test
    void whatWasWrittenIsThere() {
        bytes.write(1);
        bytes.write(new byte[] {2, 3});
        assertThat(bytes.toBytes()).containsExactly(1, 2, 3);
        assertThat(bytes.size()).isEqualTo(3);
    }

    @Test
    void whatItGrewOutOfIsZero() {
        byte[] secret = new byte[100];
        Arrays.fill(secret, (byte) 7);
        bytes.write(secret);
        byte[] outgrown = bytes.buffer();
        bytes.write(secret);
        assertThat(outgrown).containsOnly(0);
        assertThat(bytes.toBytes()).hasSize(200).containsOnly(7);
    }

    @Test
    void whatIsErasedIsZeroAndGone() {
        bytes.write(new byte[] {2, 3});
        bytes.erase();
        assertThat(bytes.buffer()).containsOnly(0);
        assertThat(bytes.toBytes()).isEmpty();
    }
}
