package io.attestgate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {
    private static Hash32 node(Hash32 a, Hash32 b) {
        return Hash32.of(Digests.sha256(new byte[] {1}, a.bytes(), b.bytes()));
    }

    @Test
    void keccakIsEthereumsAndNotSha3() {
        assertThat(Hex.write(Digests.keccak256(new byte[0])))
                .isEqualTo("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
        assertThat(Hex.write(Digests.sha256("abc".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /** The example of the Solidity ABI specification, without its dynamic array. */
    @Test
    void abiEncodingPutsDynamicArgumentsIntoTheTail() {
        byte[] encoded =
                new AbiEncoder()
                        .uint(0x123)
                        .bytes32(Hash32.ZERO)
                        .bytes("Hello, world!".getBytes(StandardCharsets.US_ASCII))
                        .encode();
        assertThat(Hex.write(encoded))
                .isEqualTo(
                        "0x0000000000000000000000000000000000000000000000000000000000000123"
                            + "0000000000000000000000000000000000000000000000000000000000000000"
                            + "0000000000000000000000000000000000000000000000000000000000000060"
                            + "000000000000000000000000000000000000000000000000000000000000000d"
                            + "48656c6c6f2c20776f726c642100000000000000000000000000000000000000");
    }

    @Test
    void arraysAreEncodedWithTheirLengthAndTheirOwnOffsets() {
        byte[] encoded =
                new AbiEncoder()
                        .addresses(List.of(Address.ZERO))
                        .byteStrings(List.of(new byte[] {1}, new byte[0]))
                        .uints(List.of(BigInteger.TWO))
                        .encode();
        assertThat(Hex.write(encoded))
                .isEqualTo(
                        "0x0000000000000000000000000000000000000000000000000000000000000060"
                            + "00000000000000000000000000000000000000000000000000000000000000a0"
                            + "0000000000000000000000000000000000000000000000000000000000000160"
                            + "0000000000000000000000000000000000000000000000000000000000000001"
                            + "0000000000000000000000000000000000000000000000000000000000000000"
                            + "0000000000000000000000000000000000000000000000000000000000000002"
                            + "0000000000000000000000000000000000000000000000000000000000000040"
                            + "0000000000000000000000000000000000000000000000000000000000000080"
                            + "0000000000000000000000000000000000000000000000000000000000000001"
                            + "0100000000000000000000000000000000000000000000000000000000000000"
                            + "0000000000000000000000000000000000000000000000000000000000000000"
                            + "0000000000000000000000000000000000000000000000000000000000000001"
                            + "0000000000000000000000000000000000000000000000000000000000000002");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "-a",
                "a-",
                "a.b-",
                "ä.example",
                "a_b",
                "a b",
                "*.a",
                "a/b"
            })
    void whatIsNoHostNameNamesNoHost(String spelt) {
        assertThat(Hostname.parse(spelt)).isEmpty();
    }

    @Test
    void hostNamesHaveOneForm() {
        assertThat(Hostname.parse("App.Demo.LOCALHOST."))
                .contains(new Hostname("app.demo.localhost"));
        assertThat(Hostname.parse("a".repeat(63) + ".b")).isPresent();
        assertThat(Hostname.parse("a".repeat(64) + ".b")).isEmpty();
        assertThat(Hostname.parse("a.".repeat(127) + "b")).isEmpty();
        assertThatThrownBy(() -> new Hostname("UPPER"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0xAB", "ab", "0xabc", "0xzz"})
    void hashesHaveOneSpelling(String spelt) {
        assertThat(Hash32.parse(spelt)).isEmpty();
        assertThat(Address.parse(spelt)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AB=", "AB==", "A+", "A/", "AB\n", "AR"})
    void base64UrlHasOneSpelling(String spelt) {
        assertThat(Base64Url.parse(spelt)).isEmpty();
    }

    @Test
    void everyLeafOfATreeOfAnySizeLeadsToItsRoot() {
        for (int size = 1; size <= 33; size++) {
            List<Hash32> leaves =
                    IntStream.range(0, size)
                            .mapToObj(i -> Hash32.of(Digests.sha256(new byte[] {0, (byte) i})))
                            .toList();
            Hash32 root = Merkle.root(leaves, ValuesTest::node);
            for (int i = 0; i < size; i++) {
                List<Hash32> path = Merkle.path(leaves, i, ValuesTest::node);
                assertThat(Merkle.paths(leaves, ValuesTest::node).get(i)).isEqualTo(path);
                assertThat(Merkle.rootOf(leaves.get(i), path, ValuesTest::node)).isEqualTo(root);
                assertThat(Merkle.rootOf(Hash32.ZERO, path, ValuesTest::node)).isNotEqualTo(root);
            }
        }
    }

    @Test
    void aFaultSaysNameValueAndRuleAndIsCut() {
        assertThat(Fault.quoted("$.a", "x\u0000y", "letters").toString())
                .isEqualTo("$.a: \"x?y\" (expected: letters)");
        assertThat(Fault.quoted("$.a", "x".repeat(1_000), "short").found().length())
                .isLessThan(140);
    }
}
