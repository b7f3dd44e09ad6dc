package io.attestgate.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrieProofTest {
    private static final byte[] ABSENT = "no such key".getBytes(StandardCharsets.UTF_8);

    /** A trie of a vector, and what its keys hold at the end. */
    private record Built(TestTrie trie, Map<Hash32, byte[]> keys, Map<Hash32, byte[]> values) {}

    @Test
    @RequiresPeer("vectors")
    void everyKeyOfTheTrieTestsIsProvenAndEveryOtherIsProvenAbsent() {
        int tries = 0;
        for (String file :
                new String[] {
                    "trietest",
                    "trieanyorder",
                    "trietest_secureTrie",
                    "trieanyorder_secureTrie",
                    "hex_encoded_securetrie_test"
                }) {
            boolean secure = file.contains("secure");
            for (Json vector : vectors(file).values()) {
                Built built = built(vector, secure);
                assertThat(built.trie().root().toString())
                        .isEqualTo(ChainVectors.text(vector, "root"));
                built.keys().forEach((id, key) -> assertProven(built, id, key));
                assertProven(built, Hash32.ZERO, secure ? Digests.keccak256(ABSENT) : ABSENT);
                tries++;
            }
        }
        assertThat(tries).isEqualTo(25);
    }

    @Test
    @RequiresPeer("vectors")
    void anyBitOfAnyNodeMakesTheProofWrong() {
        int mutations = 0;
        for (String file : new String[] {"trietest", "trieanyorder"}) {
            for (Json vector : vectors(file).values()) {
                Built built = built(vector, false);
                for (byte[] key : built.keys().values()) {
                    mutations += Mutations.refused(built.trie(), key);
                }
                mutations += Mutations.refused(built.trie(), ABSENT);
            }
        }
        System.out.println("mutations of trie proofs refused: " + mutations);
        assertThat(mutations).isGreaterThan(10_000);
    }

    @Test
    void anEmptyTrieHasNoKey() {
        for (List<byte[]> nodes : List.of(List.<byte[]>of(), List.of(new byte[] {(byte) 0x80}))) {
            assertThat(TrieProof.value(TrieProof.EMPTY_ROOT, ABSENT, nodes).toOptional())
                    .contains(Optional.empty());
        }
        assertRefused(TrieProof.value(TrieProof.EMPTY_ROOT, ABSENT, List.of(new byte[] {1})));
    }

    @Test
    void aNodeTooFewOrTooManyIsRefused() {
        TestTrie trie = many();
        List<byte[]> nodes = trie.proof(hashed(7));

        assertThat(TrieProof.value(trie.root(), hashed(7), nodes).faults()).isEmpty();
        assertRefused(TrieProof.value(trie.root(), hashed(7), List.of()));
        assertRefused(TrieProof.value(trie.root(), hashed(7), nodes.subList(0, nodes.size() - 1)));
        List<byte[]> more = new ArrayList<>(nodes);
        more.add(nodes.getLast());
        assertRefused(TrieProof.value(trie.root(), hashed(7), more));
        while (more.size() <= TrieProof.NODES_MAX) {
            more.add(nodes.getLast());
        }
        assertRefused(TrieProof.value(trie.root(), hashed(7), more));
    }

    @Test
    void theProofOfAnotherKeyIsRefused() {
        TestTrie trie = many();

        for (int other = 0; other < 100; other++) {
            if (other != 7) {
                Parsed<Optional<byte[]>> value =
                        TrieProof.value(trie.root(), hashed(7), trie.proof(hashed(other)));
                assertThat(value.toOptional().flatMap(v -> v)).isEmpty();
            }
        }
    }

    @Test
    void aNodeInlinedMayBeSentAgainAndNoOther() {
        TestTrie trie = new TestTrie();
        byte[] key = {0x11, 0x22};
        trie.put(key, new byte[] {1});
        trie.put(new byte[] {0x11, 0x33}, "x".repeat(40).getBytes(StandardCharsets.UTF_8));
        List<byte[]> nodes = new ArrayList<>(trie.proof(key));
        byte[] inlined = Rlp.sequence(List.of(new byte[] {0x32}, new byte[] {1}));

        nodes.add(inlined);
        assertThat(TrieProof.value(trie.root(), key, nodes).toOptional().flatMap(v -> v))
                .contains(new byte[] {1});
        nodes.set(nodes.size() - 1, Rlp.sequence(List.of(new byte[] {0x32}, new byte[] {2})));
        assertRefused(TrieProof.value(trie.root(), key, nodes));
    }

    @Test
    void nodesThatNoTrieHasAreRefused() {
        byte[] none = Rlp.bytes(new byte[0]);
        byte[] hash = Rlp.bytes(new byte[32]);
        for (byte[] node :
                new byte[][] {
                    Rlp.bytes(new byte[] {1}),
                    Rlp.sequence(List.of()),
                    Rlp.sequence(List.of(none, none)),
                    Rlp.sequence(List.of(new byte[] {0x20}, none)),
                    Rlp.sequence(List.of(new byte[] {0x21}, none)),
                    Rlp.sequence(List.of(new byte[] {0x00}, hash)),
                    Rlp.sequence(List.of(new byte[] {0x01}, hash)),
                    Rlp.sequence(List.of(new byte[] {0x16}, none)),
                    Rlp.sequence(List.of(new byte[] {0x40}, hash)),
                    Rlp.sequence(List.of(new byte[] {0x16}, Rlp.bytes(new byte[31]))),
                    Rlp.sequence(List.of(new byte[] {0x16}, Rlp.sequence(List.of(hash))))
                }) {
            Hash32 root = Hash32.of(Digests.keccak256(node));
            assertRefused(TrieProof.value(root, new byte[] {0x61}, List.of(node)));
        }
        byte[] giant = new byte[TrieProof.NODE_BYTES_MAX + 1];
        assertRefused(
                TrieProof.value(
                        Hash32.of(Digests.keccak256(giant)), new byte[] {1}, List.of(giant)));
    }

    private static TestTrie many() {
        TestTrie trie = new TestTrie();
        for (int i = 0; i < 100; i++) {
            trie.put(hashed(i), Rlp.bytes(new byte[] {(byte) (i + 1)}));
        }
        return trie;
    }

    private static byte[] hashed(int i) {
        return Digests.keccak256(new byte[] {(byte) i});
    }

    private static void assertProven(Built built, Hash32 id, byte[] key) {
        Optional<byte[]> expected = Optional.ofNullable(built.values().get(id));
        assertThat(
                        TrieProof.value(built.trie().root(), key, built.trie().proof(key))
                                .toOptional()
                                .orElseThrow()
                                .map(Hex::write))
                .isEqualTo(expected.map(Hex::write));
    }

    private static void assertRefused(Parsed<Optional<byte[]>> value) {
        assertThat(value.faults()).isNotEmpty();
    }

    private static Map<String, Json> vectors(String file) {
        return ChainVectors.json("ethereum-tests/TrieTests/" + file + ".json").members();
    }

    private static Built built(Json vector, boolean secure) {
        Built built = new Built(new TestTrie(), new LinkedHashMap<>(), new LinkedHashMap<>());
        switch (ChainVectors.member(vector, "in")) {
            case Json.Arr pairs -> {
                for (Json pair : pairs.elements()) {
                    List<Json> two = ((Json.Arr) pair).elements();
                    put(built, two.get(0), two.get(1), secure);
                }
            }
            case Json.Obj pairs ->
                    pairs.members()
                            .forEach((k, value) -> put(built, new Json.Text(k), value, secure));
            default -> throw new AssertionError("vector: " + vector);
        }
        return built;
    }

    private static void put(Built built, Json name, Json value, boolean secure) {
        byte[] key = secure ? Digests.keccak256(bytes(name)) : bytes(name);
        Hash32 id = Hash32.of(Digests.keccak256(key));
        built.trie().put(key, bytes(value));
        built.keys().put(id, key);
        if (bytes(value).length > 0) {
            built.values().put(id, bytes(value));
        } else {
            built.values().remove(id);
        }
    }

    private static byte[] bytes(Json json) {
        return json instanceof Json.Text(String text)
                ? Hex.parse(text).orElseGet(() -> text.getBytes(StandardCharsets.UTF_8))
                : new byte[0];
    }
}
