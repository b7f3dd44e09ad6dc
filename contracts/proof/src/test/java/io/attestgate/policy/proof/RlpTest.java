package io.attestgate.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RlpTest {
    private static final int SIZE_BYTES_MAX = 1 << 16;

    @Test
    @RequiresPeer("vectors")
    void everyValidVectorIsEncodedAndReadAlike() {
        Map<String, Json> vectors = vectors("rlptest.json");

        assertThat(vectors).hasSize(28);
        vectors.forEach(
                (name, vector) -> {
                    byte[] out = Hex.parse(ChainVectors.text(vector, "out")).orElseThrow();
                    Json in = ChainVectors.member(vector, "in");
                    assertThat(encoded(in)).as(name).isEqualTo(out);
                    assertThat(encoded(decode(out).toOptional().orElseThrow()))
                            .as(name)
                            .isEqualTo(out);
                });
    }

    @Test
    @RequiresPeer("vectors")
    void everyInvalidVectorIsRefused() {
        Map<String, Json> vectors = vectors("invalidRLPTest.json");

        assertThat(vectors).hasSize(26);
        vectors.forEach(
                (name, vector) -> {
                    String out = ChainVectors.text(vector, "out").toLowerCase(Locale.ROOT);
                    byte[] bytes = Hex.parse(out.startsWith("0x") ? out : "0x" + out).orElseThrow();
                    assertThat(decode(bytes).faults()).as(name).isNotEmpty();
                });
    }

    @Test
    void whatFollowsTheItemIsRefused() {
        assertThat(decode(new byte[] {1, 2}).faults()).isNotEmpty();
        assertThat(decode(Hex.parse("0xc080").orElseThrow()).faults()).isNotEmpty();
    }

    @Test
    void nestingAndSizeAreBounded() {
        byte[] item = Rlp.sequence(List.of());
        for (int depth = 0; depth < Rlp.DEPTH_MAX; depth++) {
            item = Rlp.sequence(List.of(item));
        }

        assertThat(decode(item).faults()).isEmpty();
        assertThat(decode(Rlp.sequence(List.of(item))).faults()).isNotEmpty();
        assertThat(Rlp.decode(new byte[3], 2).faults()).isNotEmpty();
    }

    @Test
    void aNumberHasNoLeadingZeros() {
        assertThat(Rlp.number(new byte[32])).isEqualTo(new byte[] {(byte) 0x80});
        assertThat(Rlp.number(new byte[] {0, 0, 5})).isEqualTo(new byte[] {5});
    }

    private static Parsed<RlpItem> decode(byte[] bytes) {
        return Rlp.decode(bytes, SIZE_BYTES_MAX);
    }

    private static Map<String, Json> vectors(String file) {
        return ChainVectors.json("ethereum-tests/RLPTests/" + file).members();
    }

    private static byte[] encoded(RlpItem item) {
        return switch (item) {
            case RlpItem.Bytes(byte[] value) -> Rlp.bytes(value);
            case RlpItem.Sequence(List<RlpItem> items, byte[] encoded) ->
                    Rlp.sequence(items.stream().map(RlpTest::encoded).toList());
        };
    }

    private static byte[] encoded(Json in) {
        return switch (in) {
            case Json.Arr array ->
                    Rlp.sequence(array.elements().stream().map(RlpTest::encoded).toList());
            case Json.Int(long number) -> Rlp.number(BigInteger.valueOf(number).toByteArray());
            case Json.Text(String text) when text.startsWith("#") ->
                    Rlp.number(new BigInteger(text.substring(1)).toByteArray());
            case Json.Text(String text) -> Rlp.bytes(text.getBytes(StandardCharsets.UTF_8));
            default -> throw new AssertionError("vector: " + in);
        };
    }
}
