package io.attestgate.policy.read;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.proof.TestState;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an honest endpoint answers for a contract whose slots a test writes by hand; hostile ones
 * are made of it by changing an answer.
 */
final class HonestChain {
    static final long CHAIN_ID = 31337;
    static final Address CONTRACT = Address.parse("0x" + "ab".repeat(20)).orElseThrow();
    static final Address ACTOR = Address.parse("0x" + "01".repeat(20)).orElseThrow();
    static final ContractArtifact ARTIFACT = ContractArtifact.load("GatewayPolicy");
    static final PinnedContract PINNED =
            new PinnedContract(CHAIN_ID, CONTRACT, ARTIFACT.codeHash());

    private final PolicyLayout layout = new PolicyLayout(ARTIFACT);
    private final HeadChain heads = new HeadChain(CHAIN_ID, CONTRACT);
    private final TestState state = new TestState();
    private final Map<String, byte[]> documents = new HashMap<>();
    private final List<Json> logs = new ArrayList<>();
    private long block = 100;
    private long epoch;
    private Hash32 head = HeadChain.ORIGIN;
    private int names;

    HonestChain() {
        state.account(CONTRACT, ARTIFACT.deployedBytecode());
        change(10, Hash32.ZERO, new AbiEncoder().address(ACTOR));
    }

    Json answer(RpcCall call) {
        return switch (call.method()) {
            case "eth_chainId" -> quantity(CHAIN_ID);
            case "eth_getBlockByNumber" -> header("");
            case "eth_getCode" ->
                    data(documents.getOrDefault(text(call.parameters().get(0)), new byte[0]));
            case "eth_getProof" -> state.proof(call);
            case "eth_getLogs" -> logs((Json.Obj) call.parameters().getFirst());
            default -> throw new AssertionError("method: " + call.method());
        };
    }

    TestState state() {
        return state;
    }

    PolicyLayout layout() {
        return layout;
    }

    void block(long number) {
        block = number;
    }

    /** The next block, with all that was changed since the one before. */
    void mine() {
        block++;
    }

    /** The header of the block; another one for each {@code fork}. */
    Json header(String fork) {
        return state.header(block, fork);
    }

    /** Says that there were so many changes with this head, whatever there was. */
    void progress(long newEpoch, Hash32 newHead) {
        epoch = newEpoch;
        head = newHead;
        put(Slots.of(layout.epoch), layout.epoch, BigInteger.valueOf(epoch), 8);
        state.put(CONTRACT, Slots.of(layout.head), head);
        state.put(CONTRACT, layout.headAt(epoch), head);
    }

    void publish(String name, byte[] document) {
        StoredDocument stored = StoredDocument.of(document);
        Address at = Address.of(Arrays.copyOf(Digests.keccak256(stored.hash().bytes()), 20));
        byte[] code = new byte[document.length + 1];
        System.arraycopy(document, 0, code, 1, document.length);
        documents.put(at.toString(), code);
        if (state.word(CONTRACT, layout.entry(new PolicyName(name), 1)).isZero()) {
            list(name);
        }
        status(name, 2);
        documentOf(name, stored.hash(), at);
        change(
                1,
                new PolicyName(name).hash(),
                new AbiEncoder().bytes32(stored.hash()).uint(document.length));
    }

    void halt(String name, long start, long until) {
        change(7, new PolicyName(name).hash(), new AbiEncoder().uint(start).uint(until));
        Hash32 slot = layout.entry(new PolicyName(name), layout.halt.number());
        put(slot, layout.start, BigInteger.valueOf(start), 8);
        put(slot, layout.until, BigInteger.valueOf(until), 8);
        put(slot, layout.number, BigInteger.valueOf(epoch), 8);
    }

    void documentOf(String name, Hash32 hash, Address at) {
        PolicyName slotName = new PolicyName(name);
        state.put(CONTRACT, layout.entry(slotName, layout.documentHash.number()), hash);
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
        state.put(CONTRACT, layout.name(names), Hash32.of(slot));
        count(BigInteger.valueOf(++names));
    }

    void count(BigInteger count) {
        put(Slots.of(layout.names), layout.names, count, 32);
    }

    static Hash32 hash(String text) {
        return Hash32.of(Digests.keccak256(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Json quantity(long value) {
        return new Json.Text("0x" + Long.toHexString(value));
    }

    /** Commits to a change and logs it, as the contract does, in the next block. */
    private void change(int op, Hash32 nameHash, AbiEncoder value) {
        HeadChain.Change change =
                new HeadChain.Change(epoch + 1, op, nameHash, value.encode(), ACTOR);
        progress(epoch + 1, heads.next(head, change));
        logs.add(log(change));
    }

    private Json log(HeadChain.Change change) {
        byte[] data =
                new AbiEncoder()
                        .address(change.actor())
                        .bytes(change.value())
                        .bytes32(head)
                        .encode();
        return Json.object(
                "address",
                CONTRACT.toString(),
                "topics",
                Json.Arr.of(
                        List.of(
                                ChangeRecord.TOPIC.toString(),
                                Hex.write(new AbiEncoder().uint(change.n()).encode()),
                                Hex.write(new AbiEncoder().uint(change.op()).encode()),
                                change.nameHash().toString())),
                "data",
                Hex.write(data),
                "blockNumber",
                quantity(block + 1));
    }

    private Json logs(Json.Obj filter) {
        long from = number(filter, "fromBlock");
        long to = number(filter, "toBlock");
        return new Json.Arr(
                logs.stream()
                        .filter(log -> number((Json.Obj) log, "blockNumber") >= from)
                        .filter(log -> number((Json.Obj) log, "blockNumber") <= to)
                        .toList());
    }

    private static long number(Json.Obj object, String name) {
        return Long.decode(text(object.get(name).orElseThrow()));
    }

    private void put(Hash32 slot, StorageSlot at, BigInteger value, int size) {
        byte[] word = state.word(CONTRACT, slot).bytes();
        byte[] bytes = value.toByteArray();
        int end = 32 - at.offsetBytes();
        Arrays.fill(word, end - size, end, (byte) 0);
        int from = Math.max(0, bytes.length - size);
        System.arraycopy(bytes, from, word, end - (bytes.length - from), bytes.length - from);
        state.put(CONTRACT, slot, Hash32.of(word));
    }

    private static Json data(byte[] bytes) {
        return new Json.Text(Hex.write(bytes));
    }

    private static String text(Json json) {
        return ((Json.Text) json).value();
    }
}
