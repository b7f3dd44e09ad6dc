package io.attestgate.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void whatIsWrittenIsReadBack() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            long value = random.nextLong(1, 1L << random.nextInt(1, 29));
            assertThat(Quantity.parseDuration(Quantity.writeDuration(value)))
                    .as("seed %d, %d ms", seed, value)
                    .hasValue(value);
            assertThat(Quantity.parseSize(Quantity.writeSize(value)))
                    .as("seed %d, %d bytes", seed, value)
                    .hasValue(value);
        }
    }

    @Test
    void theLargestUnitThatFitsIsWritten() {
        assertThat(Quantity.writeDuration(90_000)).isEqualTo("90s");
        assertThat(Quantity.writeDuration(3_600_000)).isEqualTo("1h");
        assertThat(Quantity.writeSize(10 << 20)).isEqualTo("10MiB");
        assertThat(Quantity.writeSize(0)).isEqualTo("0B");
    }

    @Test
    void theLargestNumberOfDigitsDoesNotOverflow() {
        assertThat(Quantity.parseSize("999999999TiB")).hasValue(999_999_999L << 40);
        assertThat(Quantity.parseSize("1000000000B")).isEmpty();
    }
}
