package io.attestgate.policy.read;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What an honest endpoint answers for a contract whose slots a test writes by hand; hostile ones
 * are made of it by changing an answer.
 */
final class HonestChain {
    static final long CHAIN_ID = 31337;
    static final Address CONTRACT = Address.parse("0x" + "ab".repeat(20)).orElseThrow();
    static final ContractArtifact ARTIFACT = ContractArtifact.load("GatewayPolicy");
    static final PinnedContract PINNED =
            new PinnedContract(CHAIN_ID, CONTRACT, ARTIFACT.codeHash());

    private final PolicyLayout layout = new PolicyLayout(ARTIFACT);
    private final Map<Hash32, byte[]> slots = new HashMap<>();
    private final Map<String, byte[]> codes = new HashMap<>();
    private long block = 100;
    private int names;

    HonestChain() {
        codes.put(CONTRACT.toString(), ARTIFACT.deployedBytecode());
        progress(1, hash("head 1"));
    }

    Json answer(RpcCall call) {
        return switch (call.method()) {
            case "eth_chainId" -> quantity(CHAIN_ID);
            case "eth_getBlockByNumber" -> header(block);
            case "eth_getCode" ->
                    data(codes.getOrDefault(text(call.parameters().get(0)), new byte[0]));
            case "eth_getStorageAt" ->
                    data(slot(Hash32.parse(text(call.parameters().get(1))).orElseThrow()));
            default -> throw new AssertionError("method: " + call.method());
        };
    }

    void block(long number) {
        block = number;
    }

    Json header(long number) {
        return header(number, hash("block " + number));
    }

    static Json header(long number, Hash32 hash) {
        return Json.object(
                "number",
                quantity(number),
                "hash",
                hash.toString(),
                "timestamp",
                quantity(1_900_000_000 + number));
    }

    void progress(long epoch, Hash32 head) {
        put(PolicyLayout.slot(layout.epoch), layout.epoch, BigInteger.valueOf(epoch), 8);
        slots.put(PolicyLayout.slot(layout.head), head.bytes());
    }

    void publish(String name, byte[] document) {
        StoredDocument stored = StoredDocument.of(document);
        Address at = Address.of(Arrays.copyOf(Digests.keccak256(stored.hash().bytes()), 20));
        byte[] code = new byte[document.length + 1];
        System.arraycopy(document, 0, code, 1, document.length);
        codes.put(at.toString(), code);
        list(name);
        status(name, 2);
        documentOf(name, stored.hash(), at);
    }

    void documentOf(String name, Hash32 hash, Address at) {
        PolicyName slotName = new PolicyName(name);
        slots.put(layout.entry(slotName, layout.documentHash.number()), hash.bytes());
        put(
                layout.entry(slotName, layout.document.number()),
                layout.document,
                new BigInteger(1, at.bytes()),
                Address.SIZE_BYTES);
    }

    void status(String name, int status) {
        put(
                layout.entry(new PolicyName(name), layout.status.number()),
                layout.status,
                BigInteger.valueOf(status),
                1);
    }

    /** Writes a name of at most 31 bytes into the list. */
    void list(String name) {
        byte[] slot = new byte[32];
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, slot, 0, bytes.length);
        slot[31] = (byte) (2 * bytes.length);
        listed(slot);
    }

    /** Writes the slot of a name into the list as it is. */
    void listed(byte[] slot) {
        slots.put(layout.name(names), slot);
        count(BigInteger.valueOf(++names));
    }

    void count(BigInteger count) {
        put(PolicyLayout.slot(layout.names), layout.names, count, 32);
    }

    static Hash32 hash(String text) {
        return Hash32.of(Digests.keccak256(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Json quantity(long value) {
        return new Json.Text("0x" + Long.toHexString(value));
    }

    private byte[] slot(Hash32 slot) {
        return slots.getOrDefault(slot, new byte[32]);
    }

    private void put(Hash32 slot, StorageSlot at, BigInteger value, int size) {
        byte[] word = slot(slot).clone();
        byte[] bytes = value.toByteArray();
        int end = 32 - at.offsetBytes();
        Arrays.fill(word, end - size, end, (byte) 0);
        int from = Math.max(0, bytes.length - size);
        System.arraycopy(bytes, from, word, end - (bytes.length - from), bytes.length - from);
        slots.put(slot, word);
    }

    private static Json data(byte[] bytes) {
        return new Json.Text(Hex.write(bytes));
    }

    private static String text(Json json) {
        return ((Json.Text) json).value();
    }
}
