package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.endpoint.Endpoint;
import io.attestgate.policy.endpoint.EndpointStatus.State;
import io.attestgate.policy.endpoint.Endpoints;
import io.attestgate.policy.finality.DevnetFinality;
import io.attestgate.policy.rpc.HostileEndpoint;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A question that one endpoint does not answer truly goes to the next. */
class SeveralEndpointsTest {
    private static final byte[] ONE = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "{\"b\":2}".getBytes(StandardCharsets.UTF_8);

    private final HonestChain chain = new HonestChain();
    private final HostileEndpoint liar = HostileEndpoint.open();
    private final HostileEndpoint honest = HostileEndpoint.open();
    private final List<Failure> refusals = new ArrayList<>();
    private final Endpoints endpoints =
            new Endpoints(
                    List.of(
                            new Endpoint("liar", JsonRpc.open(liar.uri()), InstantSource.system()),
                            new Endpoint(
                                    "honest", JsonRpc.open(honest.uri()), InstantSource.system())));
    private final ProvenSource source = source();

    SeveralEndpointsTest() throws IOException {
        chain.publish("app.example", ONE);
        chain.mine();
        honest.answerCalls(chain::answer);
        liar.answerCalls(chain::answer);
    }

    @AfterEach
    void close() {
        source.close();
        liar.close();
        honest.close();
    }

    @Test
    void aWrongProofIsNamedAndAnotherEndpointIsAsked() throws Exception {
        HonestChain other = new HonestChain();
        liar.answerCalls(
                call ->
                        call.method().equals("eth_getProof")
                                ? other.answer(call)
                                : chain.answer(call));

        assertThat(source.read().names()).hasSize(1);
        assertThat(endpoints.status().getFirst().state()).isEqualTo(State.QUARANTINED);
        assertThat(endpoints.status().getFirst().lastRefusal().orElseThrow().name())
                .isEqualTo(Failure.WRONG_PROOF);
        assertThat(endpoints.status().getLast().refusals()).isEmpty();
    }

    @Test
    void aDocumentThatOneBendsIsTakenFromAnother() throws Exception {
        liar.answerCalls(
                call ->
                        call.method().equals("eth_getCode")
                                ? new Json.Text("0x007b7d")
                                : chain.answer(call));

        assertThat(source.read().names()).hasSize(1);
        assertThat(endpoints.status().getFirst().lastRefusal().orElseThrow().name())
                .isEqualTo(Failure.WRONG_DOCUMENT);
    }

    @Test
    void aFalseLogOfOneCostsNoFullReadingWhereAnotherTellsIt() throws Exception {
        source.read();
        chain.publish("app.example", OTHER);
        chain.mine();
        liar.answerCalls(
                call ->
                        call.method().equals("eth_getLogs")
                                ? new Json.Arr(List.of())
                                : chain.answer(call));

        assertThat(source.read().names().values())
                .containsExactly(NameEntry.published(StoredDocument.of(OTHER)));
        assertThat(refusals).isEmpty();
        assertThat(endpoints.status().getFirst().lastRefusal().orElseThrow().name())
                .isEqualTo(Failure.FALSE_LOG);
    }

    /** As of a node that takes the next block meanwhile. */
    @Test
    void whoProvesAnotherStateOnceIsAskedAgainAndIsNoLiar() throws Exception {
        HonestChain other = new HonestChain();
        AtomicInteger proofs = new AtomicInteger();
        liar.answerCalls(
                call ->
                        call.method().equals("eth_getProof") && proofs.getAndIncrement() == 0
                                ? other.answer(call)
                                : chain.answer(call));

        assertThat(source.read().names()).hasSize(1);
        assertThat(proofs.get()).isGreaterThan(1);
        assertThat(endpoints.status().getFirst().state()).isEqualTo(State.ANSWERING);
    }

    @Test
    void whereAllLieNothingIsBelieved() {
        HonestChain other = new HonestChain();
        for (HostileEndpoint endpoint : List.of(liar, honest)) {
            endpoint.answerCalls(
                    call ->
                            call.method().equals("eth_getProof")
                                    ? other.answer(call)
                                    : chain.answer(call));
        }

        assertThatExceptionOfType(PolicyReadException.class)
                .isThrownBy(source::read)
                .extracting(PolicyReadException::failure)
                .isEqualTo(Failure.WRONG_PROOF);
    }

    private ProvenSource source() {
        return new ProvenSource(
                HonestChain.PINNED,
                new DevnetFinality(HonestChain.CHAIN_ID, JsonRpc.open(honest.uri())),
                endpoints,
                DocumentSources.CHAIN_ALONE,
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
}
