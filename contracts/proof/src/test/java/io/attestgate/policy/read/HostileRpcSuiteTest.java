package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.LoopbackCertificate;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.Documents;
import io.attestgate.policy.read.LyingEndpoint.Lie;
import io.attestgate.policy.rpc.HostileEndpoint.Answering;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every trick of RPC endpoints against the reader of {@code quorum} trust, two of three, over a
 * real chain: each ends in a refusal by name, and the last good policy serves on until its bound.
 * The table of all is printed at the end.
 */
@RequiresPeer("anvil")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileRpcSuiteTest {
    private static final int ROWS = 30;
    private static final long FAR_BACK_SECONDS = 3600;
    private static final String LAST_GOOD = "the last good policy, until its bound";
    private static final String NEWEST = "the newest policy";
    private static final String NOTHING = "nothing yet, after the start";

    private final List<Row> table = new ArrayList<>();
    private PolicyOnAnvil chain;
    private PolicyOnAnvil fork;
    private LyingEndpoint a;
    private LyingEndpoint b;
    private LyingEndpoint c;
    private int changes;

    /** One trick, and how it ended. */
    private record Row(String trick, String noticedBy, String refusal, String served) {}

    @BeforeAll
    void deploy() throws IOException, RpcException {
        chain = PolicyOnAnvil.deploy();
        chain.publish("", Documents.bytes(Documents.gateway()));
        chain.publish("app.example", Documents.bytes(Documents.domain()));
        fork = PolicyOnAnvil.deploy();
        fork.mine(1000);
        a = LyingEndpoint.open("a", chain.anvil().rpc());
        b = LyingEndpoint.open("b", chain.anvil().rpc());
        c = LyingEndpoint.open("c", chain.anvil().rpc());
    }

    @AfterAll
    void close() {
        print();
        List.of(a, b, c).forEach(LyingEndpoint::close);
        fork.close();
        chain.close();
        assertThat(table).hasSize(ROWS);
    }

    @BeforeEach
    void beHonest() {
        List.of(a, b, c).forEach(endpoint -> endpoint.beHonest(chain.anvil().rpc()));
    }

    @Test
    void anotherChain() throws Exception {
        Lie another = Lie.about("eth_chainId", result -> new Json.Text("0x1"));
        oneLies("another chain's id", "its answer", Failure.WRONG_CHAIN, c, e -> e.lie(another));
        allLie("another chain's id", "its answer", Failure.WRONG_CHAIN, e -> e.lie(another));
    }

    @Test
    void aFalseHeader() throws Exception {
        Lie lie =
                Lie.about(
                        "eth_getBlockByNumber",
                        block -> with(block, "stateRoot", new Json.Text("0x" + "12".repeat(32))));
        oneLies(
                "a header with a state root of its own",
                "its hash",
                Failure.WRONG_HEADER,
                c,
                e -> e.lie(lie));
        allLie(
                "a header with a state root of its own",
                "its hash",
                Failure.WRONG_HEADER,
                e -> e.lie(lie));
    }

    @Test
    void anotherFork() throws Exception {
        try (QuorumReader reader = started(a, b, c)) {
            c.follow(fork.anvil().rpc());
            change();
            assertThat(reader.read()).isEmpty();
            assertNewest(reader);
            assertThat(reader.disagreements()).isPositive();
            row("another fork, one endpoint", "the quorum", "DISAGREEMENT with c", NEWEST);
        }
        beHonest();
        try (QuorumReader reader = started(a, b, c)) {
            b.follow(fork.anvil().rpc());
            c.garble(whole -> new byte[0]);
            refused(
                    "two forks, the third endpoint gone",
                    "the quorum",
                    reader,
                    Failure.DISAGREEMENT);
        }
    }

    @Test
    void equivocation() throws Exception {
        try (QuorumReader reader = started(a, b, c)) {
            c.lie(Lie.about("eth_getBlockByNumber", this::ofTheFork));
            assertThat(reader.read()).isEmpty();
            assertNewest(reader);
            assertThat(refusalOf(reader, "c")).isEqualTo(Failure.EQUIVOCATION);
            row("two blocks of one number", "the key's own word", "EQUIVOCATION of c", NEWEST);
        }
        beHonest();
        SSLContext key = LoopbackCertificate.newServer();
        try (LyingEndpoint first = LyingEndpoint.open("d1", key, chain.anvil().rpc());
                LyingEndpoint second = LyingEndpoint.open("d2", key, chain.anvil().rpc());
                QuorumReader reader = started(a, first, second)) {
            first.follow(fork.anvil().rpc());
            second.follow(fork.anvil().rpc());
            refused("one key behind two URLs, on a fork", "TLS keys", reader, Failure.DISAGREEMENT);
        }
    }

    @Test
    void staleHeads() throws Exception {
        Json old =
                chain.rpc()
                        .call("eth_getBlockByNumber", new Json.Text("0x1"), new Json.Bool(false));
        try (QuorumReader reader = started(a, b, c)) {
            Json before = finalised();
            change();
            assertThat(reader.read()).isEmpty();
            c.lie(Lie.about("eth_getBlockByNumber", block -> before));
            assertThat(reader.read()).isEmpty();
            assertThat(refusalOf(reader, "c")).isEqualTo(Failure.LAGGING);
            row("back by a few blocks, one endpoint", "the key's own word", "LAGGING of c", NEWEST);
        }
        beHonest();
        later(FAR_BACK_SECONDS);
        try (QuorumReader reader = started(a, b, c)) {
            for (LyingEndpoint liar : List.of(a, b)) {
                liar.lie(Lie.about("eth_getBlockByNumber", block -> old));
            }
            refused(
                    "back by an hour, two endpoints",
                    "the keys' own word",
                    reader,
                    Failure.NO_QUORUM);
            assertThat(refusalOf(reader, "a")).isEqualTo(Failure.OLDER_BLOCK);
        }
        beHonest();
        try (QuorumReader reader = started(a, b, c)) {
            Json frozen = finalised();
            Snapshot before = reader.snapshot();
            List.of(a, b, c)
                    .forEach(e -> e.lie(Lie.about("eth_getBlockByNumber", block -> frozen)));
            change();
            assertThat(reader.read()).isEmpty();
            assertThat(reader.snapshot().point()).isEqualTo(before.point());
            assertThat(reader.snapshot().hardStaleAt()).isEqualTo(before.hardStaleAt());
            assertThat(reader.servesApp()).isTrue();
            row(
                    "a frozen head, every endpoint",
                    "the staleness bound",
                    "stale-policy from the bound on",
                    LAST_GOOD);
        }
    }

    @Test
    void wrongProofs() throws Exception {
        Lie nodes = Lie.about("eth_getProof", HostileRpcSuiteTest::otherNodes);
        oneLies(
                "a proof with a changed node",
                "the proof",
                Failure.WRONG_PROOF,
                a,
                e -> e.lie(nodes));
        allLie("a proof with a changed node", "the proof", Failure.WRONG_PROOF, e -> e.lie(nodes));
        Lie absent = Lie.about("eth_getProof", HostileRpcSuiteTest::absent);
        oneLies("slots said to be absent", "the proof", Failure.WRONG_PROOF, a, e -> e.lie(absent));
        allLie("slots said to be absent", "the proof", Failure.WRONG_PROOF, e -> e.lie(absent));
    }

    @Test
    void bytesAreCut() throws Exception {
        UnaryOperator<byte[]> cut = whole -> Arrays.copyOf(whole, whole.length / 2);
        oneLies(
                "truncated bytes",
                "the JSON reader",
                Failure.MALFORMED_ANSWER,
                c,
                e -> e.garble(cut));
        allLie("truncated bytes", "the JSON reader", Failure.MALFORMED_ANSWER, e -> e.garble(cut));
    }

    @Test
    void giantAnswers() throws Exception {
        Answering giant = Answering.endless(new byte[1 << 16]);
        oneLies(
                "giant answers",
                "the limit of 8 MiB",
                Failure.ANSWER_TOO_LARGE,
                c,
                e -> e.answer(giant));
        allLie(
                "giant answers",
                "the limit of 8 MiB",
                Failure.ANSWER_TOO_LARGE,
                e -> e.answer(giant));
    }

    @Test
    void slowDrip() throws Exception {
        oneLies(
                "slow drip",
                "the time limit",
                Failure.TIMED_OUT,
                c,
                e -> e.answer(Answering.silent()));
        allLie("slow drip", "the time limit", Failure.TIMED_OUT, e -> e.answer(Answering.silent()));
    }

    @Test
    void flapping() throws Exception {
        try (QuorumReader reader = started(a, b, c)) {
            AtomicInteger count = new AtomicInteger();
            a.garble(whole -> count.getAndIncrement() % 2 == 0 ? new byte[] {'{'} : whole);
            for (int i = 0; i < 6; i++) {
                change();
                assertThat(reader.read()).isEmpty();
                assertNewest(reader);
            }
            assertThat(refusalOf(reader, "a")).isEqualTo(Failure.MALFORMED_ANSWER);
            row("flapping, one endpoint", "the JSON reader", "MALFORMED_ANSWER of a", NEWEST);
        }
    }

    @Test
    void aFalseChangeLog() throws Exception {
        Lie shorter =
                Lie.about(
                        "eth_getLogs",
                        logs ->
                                new Json.Arr(
                                        ((Json.Arr) logs).elements().reversed().subList(1, 2)));
        try (QuorumReader reader = started(a, b, c)) {
            a.lie(shorter);
            change();
            change();
            assertThat(reader.read()).isEmpty();
            assertNewest(reader);
            assertThat(refusalOf(reader, "a")).isEqualTo(Failure.FALSE_LOG);
            row("a false change log, one endpoint", "the proven head", "FALSE_LOG of a", NEWEST);
        }
        beHonest();
        try (QuorumReader reader = started(a, b, c)) {
            List.of(a, b, c).forEach(e -> e.lie(shorter));
            change();
            change();
            assertThat(reader.read()).isEmpty();
            assertNewest(reader);
            assertThat(reader.refusedLogs()).containsExactly(Failure.FALSE_LOG);
            row(
                    "a false change log, every endpoint",
                    "the proven head",
                    "FALSE_LOG, all names read",
                    NEWEST);
        }
    }

    @Test
    void anotherDocument() throws Exception {
        Lie other = Lie.about("eth_getCode", code -> new Json.Text("0x007b7d"));
        try (QuorumReader reader = started(a, b, c)) {
            a.lie(other);
            publishAnother();
            assertThat(reader.read()).isEmpty();
            assertNewest(reader);
            assertThat(refusalOf(reader, "a")).isEqualTo(Failure.WRONG_DOCUMENT);
            row("another document, one endpoint", "its hash", "WRONG_DOCUMENT of a", NEWEST);
        }
        beHonest();
        try (QuorumReader reader = started(a, b, c)) {
            List.of(a, b, c).forEach(e -> e.lie(other));
            Snapshot before = reader.snapshot();
            publishAnother();
            assertThat(reader.read()).contains(Failure.WRONG_DOCUMENT);
            assertServedOn(reader, before);
            row("another document, every endpoint", "its hash", "WRONG_DOCUMENT", LAST_GOOD);
        }
    }

    @Test
    void otherCode() throws Exception {
        PinnedContract right = chain.pinned();
        PinnedContract wrong = new PinnedContract(right.chainId(), right.contract(), Hash32.ZERO);
        try (QuorumReader reader =
                new QuorumReader(wrong, AnchorStore.inMemory(), List.of(a, b, c))) {
            assertThat(reader.read()).contains(Failure.WRONG_CODE);
            row("other code at the address", "the account's proof", "WRONG_CODE", NOTHING);
        }
    }

    @Test
    void rollbackAfterARestart() throws Exception {
        AnchorStore kept = AnchorStore.inMemory();
        Json start = chain.rpc().call("evm_snapshot");
        change();
        change();
        try (QuorumReader reader = new QuorumReader(chain.pinned(), kept, List.of(a, b, c))) {
            assertThat(reader.read()).isEmpty();
        }
        chain.rpc().call("evm_revert", start);
        chain.mine(1);
        assertRestartRefused("rolled back to an older block", kept, Failure.OLDER_BLOCK);
        later(2 * FAR_BACK_SECONDS);
        assertRestartRefused("rolled back, and new blocks on top", kept, Failure.LOWER_EPOCH);
        changes += 100; // Other changes than those that were rolled back.
        change();
        change();
        assertRestartRefused("rolled back, and another history", kept, Failure.FORKED_HEAD);
    }

    private void later(long seconds) throws RpcException {
        chain.rpc().call("evm_increaseTime", new Json.Text("0x" + Long.toHexString(seconds)));
        chain.mine(20);
    }

    private void assertRestartRefused(String trick, AnchorStore kept, Failure failure) {
        try (QuorumReader again = new QuorumReader(chain.pinned(), kept, List.of(a, b, c))) {
            assertThat(again.read()).contains(failure);
            row(trick, "the anchor", failure.name(), NOTHING);
        }
    }

    /** One endpoint lies: it is refused by name, and the others give the newest policy. */
    private void oneLies(
            String trick,
            String noticedBy,
            Failure failure,
            LyingEndpoint liar,
            Consumer<LyingEndpoint> lies)
            throws RpcException {
        beHonest();
        String name = liar == a ? "a" : "c";
        try (QuorumReader reader = started(a, b, c)) {
            lies.accept(liar);
            change();
            assertThat(reader.read()).isEmpty();
            assertNewest(reader);
            assertThat(refusalOf(reader, name)).isEqualTo(failure);
            row(trick + ", one endpoint", noticedBy, failure + " of " + name, NEWEST);
        }
    }

    /** All lie: the reading is refused by name, and nothing changes. */
    private void allLie(
            String trick, String noticedBy, Failure failure, Consumer<LyingEndpoint> lies)
            throws RpcException {
        beHonest();
        try (QuorumReader reader = started(a, b, c)) {
            List.of(a, b, c).forEach(lies);
            refused(trick + ", every endpoint", noticedBy, reader, failure);
        }
    }

    private void refused(String trick, String noticedBy, QuorumReader reader, Failure failure)
            throws RpcException {
        Snapshot before = reader.snapshot();
        change();
        assertThat(reader.read()).contains(failure);
        assertServedOn(reader, before);
        row(trick, noticedBy, failure.name(), LAST_GOOD);
    }

    private static void assertServedOn(QuorumReader reader, Snapshot before) {
        assertThat(reader.snapshot()).isSameAs(before);
        assertThat(reader.servesApp()).isTrue();
        assertThat(before.hardStaleAt()).isAfter(before.point().blockTime());
    }

    private void assertNewest(QuorumReader reader) throws RpcException {
        assertThat(new Json.Text("0x" + Long.toHexString(reader.snapshot().point().block())))
                .isEqualTo(((Json.Obj) finalised()).get("number").orElseThrow());
        assertThat(reader.servesApp()).isTrue();
    }

    private QuorumReader started(LyingEndpoint... endpoints) {
        QuorumReader reader =
                new QuorumReader(chain.pinned(), AnchorStore.inMemory(), List.of(endpoints));
        assertThat(reader.read()).isEmpty();
        assertThat(reader.servesApp()).isTrue();
        return reader;
    }

    /** Its newest refusal; a silent one is left behind and fails a little later. */
    private static Failure refusalOf(QuorumReader reader, String name) {
        long patience = System.nanoTime() + 2 * LyingEndpoint.TIME_MAX.toNanos();
        while (reader.standing(name).lastRefusal().isEmpty() && System.nanoTime() < patience) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return reader.standing(name).lastRefusal().orElseThrow().name();
    }

    private void change() throws RpcException {
        chain.delegate("n%d.example".formatted(changes++), PolicyOnAnvil.GOVERNOR);
    }

    private void publishAnother() throws RpcException {
        String name = "d%d.example".formatted(changes++);
        chain.publish(
                name,
                Documents.bytes(
                        Documents.with(Documents.domain(), "$.domain", "\"" + name + "\"")));
    }

    private Json finalised() throws RpcException {
        return chain.rpc()
                .call("eth_getBlockByNumber", new Json.Text("finalized"), new Json.Bool(false));
    }

    private Json ofTheFork(Json block) {
        try {
            return fork.rpc()
                    .call(
                            "eth_getBlockByNumber",
                            ((Json.Obj) block).get("number").orElseThrow(),
                            new Json.Bool(false));
        } catch (RpcException e) {
            throw new AssertionError(e);
        }
    }

    private static Json otherNodes(Json proof) {
        return eachSlot(
                proof,
                slot -> {
                    List<Json> nodes =
                            new ArrayList<>(
                                    ((Json.Arr) slot.get("proof").orElseThrow()).elements());
                    String last = ((Json.Text) nodes.getLast()).value();
                    char digit = last.charAt(last.length() - 1) == '0' ? '1' : '0';
                    nodes.set(
                            nodes.size() - 1,
                            new Json.Text(last.substring(0, last.length() - 1) + digit));
                    return with(slot, "proof", new Json.Arr(nodes));
                });
    }

    private static Json absent(Json proof) {
        return eachSlot(
                proof,
                slot ->
                        with(
                                with(slot, "value", new Json.Text("0x0")),
                                "proof",
                                new Json.Arr(List.of())));
    }

    private static Json eachSlot(Json proof, Function<Json.Obj, Json> change) {
        List<Json> slots = new ArrayList<>();
        for (Json slot :
                ((Json.Arr) ((Json.Obj) proof).get("storageProof").orElseThrow()).elements()) {
            slots.add(change.apply((Json.Obj) slot));
        }
        return with(proof, "storageProof", new Json.Arr(slots));
    }

    private static Json.Obj with(Json json, String member, Json value) {
        Map<String, Json> members = new HashMap<>(((Json.Obj) json).members());
        members.put(member, value);
        return new Json.Obj(members);
    }

    private void row(String trick, String noticedBy, String refusal, String served) {
        table.add(new Row(trick, noticedBy, refusal, served));
    }

    private void print() {
        String format = "| %-53s | %-20s | %-30s | %-38s |%n";
        StringBuilder text = new StringBuilder("Hostile RPC endpoints, quorum of 2 of 3:\n");
        text.append(format.formatted("trick", "who noticed", "refusal", "what was served"));
        for (Row row : table) {
            text.append(
                    format.formatted(row.trick(), row.noticedBy(), row.refusal(), row.served()));
        }
        System.out.print(text);
    }
}
