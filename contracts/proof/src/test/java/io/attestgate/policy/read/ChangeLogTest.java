package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.rpc.HostileEndpoint;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changed is read where the log says so rightly, and everything where it does not. */
class ChangeLogTest {
    private static final byte[] ONE = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "{\"b\":2}".getBytes(StandardCharsets.UTF_8);
    private static final int NAMES = 60;

    private final HonestChain chain = new HonestChain();
    private final HostileEndpoint endpoint = HostileEndpoint.open();
    private final List<Failure> refusals = new ArrayList<>();
    private final AtomicInteger slots = new AtomicInteger();
    private final ProvenSource source = source();
    private UnaryOperator<Json> logs = log -> log;

    ChangeLogTest() throws IOException {}

    @BeforeEach
    void readEveryName() throws Exception {
        for (int i = 0; i < NAMES; i++) {
            chain.publish("n%02d.example".formatted(i), ONE);
        }
        chain.mine();
        endpoint.answerCalls(this::answer);
        assertThat(source.read().names()).hasSize(NAMES);
        assertThat(slots.get()).isGreaterThan(NAMES * PolicyLayout.ENTRY_SLOTS);
        slots.set(0);
        chain.publish("n07.example", OTHER);
        chain.publish("new.example", OTHER);
        chain.mine();
    }

    @AfterEach
    void close() {
        source.close();
        endpoint.close();
    }

    @Test
    void onlyWhatTheLogNamesAndWhatIsNewIsRead() throws Exception {
        assertChangesAreRead();

        assertThat(refusals).isEmpty();
        assertThat(slots).as("progress, one more name, two entries").hasValue(8 + 1 + 8);
    }

    @Test
    void underAnUnchangedHeadNothingButTheProgressIsRead() throws Exception {
        source.read();
        slots.set(0);
        chain.mine();
        source.read();

        assertThat(slots).hasValue(8);
    }

    @Test
    void aLogWithOneMissingIsNotBelieved() throws Exception {
        logs = log -> new Json.Arr(elements(log).subList(0, 1));
        assertEverythingIsRead(Failure.FALSE_LOG);
    }

    @Test
    void aLogWithOneMoreIsNotBelieved() throws Exception {
        logs = log -> new Json.Arr(List.of(first(log), first(log), elements(log).get(1)));
        assertEverythingIsRead(Failure.FALSE_LOG);
    }

    @Test
    void aLogInAnotherOrderIsNotBelieved() throws Exception {
        logs = log -> new Json.Arr(elements(log).reversed());
        assertEverythingIsRead(Failure.FALSE_LOG);
    }

    @Test
    void aLogThatNamesAnotherNameIsNotBelieved() throws Exception {
        logs =
                log -> {
                    Json.Obj named = first(log);
                    List<Json> topics = new ArrayList<>(elements(member(named, "topics")));
                    topics.set(3, new Json.Text(new PolicyName("n08.example").hash().toString()));
                    Json other = with(named, "topics", new Json.Arr(topics));
                    return new Json.Arr(List.of(other, elements(log).get(1)));
                };
        assertEverythingIsRead(Failure.FALSE_LOG);
    }

    @Test
    void anotherContractsEventsAreNotBelieved() throws Exception {
        logs =
                log ->
                        new Json.Arr(
                                elements(log).stream()
                                        .<Json>map(
                                                one ->
                                                        with(
                                                                (Json.Obj) one,
                                                                "address",
                                                                new Json.Text(
                                                                        HonestChain.ACTOR
                                                                                .toString())))
                                        .toList());
        assertEverythingIsRead(Failure.MALFORMED_ANSWER);
    }

    @Test
    void anEndpointThatHasNoLogCostsAFullReading() throws Exception {
        logs = log -> new Json.Arr(List.of());
        assertEverythingIsRead(Failure.FALSE_LOG);
        logs = log -> new Json.Null();
        chain.publish("n09.example", OTHER);
        chain.mine();
        source.read();
        assertThat(refusals).endsWith(Failure.MALFORMED_ANSWER);
    }

    @Test
    void whatAnEarlyBlockHaltsIsReadAndNothingElse() throws Exception {
        source.read();
        chain.halt("n11.example", 1_900_000_100, 1_900_000_200);
        endpoint.answerCalls(this::answerLatestNewer);

        EarlyPolicy early = source.early().orElseThrow();

        assertThat(early.halts()).containsOnlyKeys(new PolicyName("n11.example"));
        assertThat(early.block().header().number()).isEqualTo(103);
        assertThat(source.newest().orElseThrow().header().number()).isEqualTo(102);
    }

    private void assertEverythingIsRead(Failure refusal) throws Exception {
        assertChangesAreRead();
        assertThat(refusals).containsExactly(refusal);
        assertThat(slots.get()).isGreaterThan(NAMES * PolicyLayout.ENTRY_SLOTS);
    }

    private void assertChangesAreRead() throws Exception {
        PolicyReading reading = source.read();
        assertThat(reading.names()).hasSize(NAMES + 1);
        for (String name : new String[] {"n07.example", "new.example"}) {
            NameEntry entry = reading.names().get(new PolicyName(name));
            assertThat(entry).isEqualTo(NameEntry.published(StoredDocument.of(OTHER)));
        }
    }

    private Json answer(RpcCall call) {
        if (call.method().equals("eth_getProof")) {
            slots.addAndGet(elements(call.parameters().get(1)).size());
        }
        Json answer = chain.answer(call);
        return call.method().equals("eth_getLogs") ? logs.apply(answer) : answer;
    }

    /** The newest block is one that is not final yet. */
    private Json answerLatestNewer(RpcCall call) {
        if (call.method().equals("eth_getBlockByNumber")
                && call.parameters().getFirst().equals(new Json.Text("latest"))) {
            chain.mine();
        }
        return answer(call);
    }

    private ProvenSource source() {
        return ProvenSource.devnet(
                HonestChain.PINNED,
                JsonRpc.open(endpoint.uri()),
                AnchorStore.inMemory(),
                new ReadingListener() {
                    @Override
                    public void proven(Part part, int done, int all) {}

                    @Override
                    public void logRefused(PolicyReadException why) {
                        refusals.add(why.failure());
                    }
                });
    }

    private static List<Json> elements(Json array) {
        return ((Json.Arr) array).elements();
    }

    private static Json.Obj first(Json logs) {
        return (Json.Obj) elements(logs).getFirst();
    }

    private static Json member(Json object, String name) {
        return ((Json.Obj) object).get(name).orElseThrow();
    }

    private static Json with(Json.Obj object, String member, Json value) {
        Map<String, Json> members = new HashMap<>(object.members());
        members.put(member, value);
        return new Json.Obj(members);
    }
}
