package io.attestgate.verify.cbor;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/** Items are read from arbitrary bytes. */
final class CborFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void whatIsReadIsReadAgainAsItIsWritten(byte[] input) {
        CborReader.parse(input, 64 * 1024)
                .toOptional()
                .ifPresent(
                        item -> {
                            byte[] written = CborWriter.write(item);
                            if (written.length > input.length
                                    || !CborReader.parse(written, input.length)
                                            .toOptional()
                                            .equals(Optional.of(item))) {
                                throw new AssertionError("another item: " + item.kind());
                            }
                        });
    }
}
