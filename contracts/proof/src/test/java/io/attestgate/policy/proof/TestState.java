package io.attestgate.policy.proof;

import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Accounts and their slots in real tries: headers over them, and proofs as an honest node's. */
public final class TestState {
    private static final long FIRST_SECOND = 1_900_000_000;

    private final Map<Address, byte[]> codes = new HashMap<>();
    private final Map<Address, Map<Hash32, Hash32>> slots = new HashMap<>();

    /** An account with that code and no slots yet; some others stand beside it. */
    public void account(Address address, byte[] code) {
        codes.put(address, code);
        for (int i = 1; i < 20; i++) {
            codes.putIfAbsent(
                    Address.parse("0x" + "%02x".formatted(i).repeat(20)).orElseThrow(),
                    new byte[0]);
        }
    }

    public void put(Address address, Hash32 slot, Hash32 word) {
        slots.computeIfAbsent(address, a -> new HashMap<>()).put(slot, word);
    }

    public Hash32 word(Address address, Hash32 slot) {
        return slots.getOrDefault(address, Map.of()).getOrDefault(slot, Hash32.ZERO);
    }

    /** The JSON of the block of that number over this state; another one for each {@code fork}. */
    public Json.Obj header(long number, String fork) {
        Map<String, Json> members = new HashMap<>();
        List<byte[]> fields = new ArrayList<>();
        for (HeaderField field : HeaderField.values()) {
            Json value = field(field, number, fork);
            members.put(field.member(), value);
            try {
                fields.add(field.encode(value));
            } catch (Refused e) {
                throw new AssertionError(e);
            }
        }
        byte[] rlp = Rlp.sequence(fields);
        members.put("hash", new Json.Text(Hex.write(Digests.keccak256(rlp))));
        return new Json.Obj(members);
    }

    /** The answer to {@code eth_getProof}, of this state whatever block is asked for. */
    public Json proof(RpcCall call) {
        Address address =
                Address.parse(((Json.Text) call.parameters().get(0)).value()).orElseThrow();
        TestTrie storage = storage(address);
        List<Json> proofs = new ArrayList<>();
        for (Json slot : ((Json.Arr) call.parameters().get(1)).elements()) {
            String key = ((Json.Text) slot).value();
            byte[] hashed = Digests.keccak256(Hex.parse(key).orElseThrow());
            Hash32 word = word(address, Hash32.parse(key).orElseThrow());
            proofs.add(
                    Json.object(
                            "key", key,
                            "value", word.toString(),
                            "proof", nodes(storage.proof(hashed))));
        }
        return Json.object(
                "address",
                address.toString(),
                "accountProof",
                nodes(accounts().proof(Digests.keccak256(address.bytes()))),
                "storageProof",
                new Json.Arr(proofs));
    }

    private Json field(HeaderField field, long number, String fork) {
        String hex =
                switch (field) {
                    case STATE_ROOT -> accounts().root().toString();
                    case NUMBER -> "0x" + Long.toHexString(number);
                    case TIMESTAMP -> "0x" + Long.toHexString(FIRST_SECOND + number);
                    case EXTRA_DATA -> Hex.write(fork.getBytes(StandardCharsets.UTF_8));
                    case BENEFICIARY -> Address.ZERO.toString();
                    case LOGS_BLOOM -> Hex.write(new byte[256]);
                    case NONCE -> Hex.write(new byte[8]);
                    default -> Hash32.ZERO.toString();
                };
        return new Json.Text(hex);
    }

    private TestTrie accounts() {
        TestTrie trie = new TestTrie();
        codes.forEach(
                (address, code) ->
                        trie.put(
                                Digests.keccak256(address.bytes()),
                                Rlp.sequence(
                                        List.of(
                                                Rlp.number(new byte[] {1}),
                                                Rlp.number(new byte[0]),
                                                Rlp.bytes(storage(address).root().bytes()),
                                                Rlp.bytes(Digests.keccak256(code))))));
        return trie;
    }

    private TestTrie storage(Address address) {
        TestTrie trie = new TestTrie();
        slots.getOrDefault(address, Map.of())
                .forEach(
                        (slot, word) -> {
                            byte[] key = Digests.keccak256(slot.bytes());
                            trie.put(key, word.isZero() ? new byte[0] : Rlp.number(word.bytes()));
                        });
        return trie;
    }

    private static Json nodes(List<byte[]> nodes) {
        return Json.Arr.of(nodes.stream().map(Hex::write).toList());
    }
}
