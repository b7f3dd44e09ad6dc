package io.attestgate.verify.cbor;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/** Items are read from arbitrary bytes. */
final class CborFuzzTest {

    /** A length may take a byte more than a break does, of containers of two bytes at least. */
    @FuzzTest(maxDuration = "60s")
    void whatIsReadIsReadAgainAsItIsWritten(byte[] input) {
        CborReader.parse(input, 64 * 1024)
                .toOptional()
                .ifPresent(
                        item -> {
                            byte[] written = CborWriter.write(item);
                            if (!CborReader.parse(written, 2 * input.length)
                                    .toOptional()
                                    .equals(Optional.of(item))) {
                                throw new AssertionError("another item: " + item.kind());
                            }
                        });
    }
}
