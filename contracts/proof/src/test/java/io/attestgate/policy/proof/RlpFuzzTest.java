package io.attestgate.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Arbitrary bytes are an item whose encoding they are, or are refused. */
class RlpFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyBytes(byte[] bytes) {
        Rlp.decode(bytes, 1 << 16)
                .toOptional()
                .ifPresent(item -> assertThat(encoded(item)).isEqualTo(bytes));
    }

    private static byte[] encoded(RlpItem item) {
        return switch (item) {
            case RlpItem.Bytes(byte[] value) -> Rlp.bytes(value);
            case RlpItem.Sequence(List<RlpItem> items, byte[] encoded) -> {
                byte[] again = Rlp.sequence(items.stream().map(RlpFuzzTest::encoded).toList());
                assertThat(encoded).isEqualTo(again);
                yield again;
            }
        };
    }
}
