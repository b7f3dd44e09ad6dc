package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.rpc.HostileEndpoint;
import io.attestgate.policy.rpc.HostileEndpoint.Answering;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every trick of an endpoint ends in a refusal by name, and the next honest answer counts again.
 */
class HostileEndpointTest {
    private static final byte[] DOCUMENT = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final PolicyName APP = new PolicyName("app.example");

    private final HonestChain chain = new HonestChain();
    private final HostileEndpoint endpoint = HostileEndpoint.open();
    private final ProvenSource source = source(AnchorStore.inMemory());

    HostileEndpointTest() throws IOException {
        chain.publish("app.example", DOCUMENT);
        endpoint.answerCalls(chain::answer);
    }

    @AfterEach
    void close() {
        source.close();
        endpoint.close();
    }

    @Test
    void anHonestEndpointIsRead() throws Exception {
        assertThat(document(source.read())).contains(StoredDocument.of(DOCUMENT));
    }

    @Test
    void anotherChainIsRefused() throws Exception {
        assertRefused(Failure.WRONG_CHAIN, lie("eth_chainId", call -> HonestChain.quantity(1)));
    }

    @Test
    void otherCodeOrNoneAtTheContractIsRefused() throws Exception {
        chain.state().account(HonestChain.CONTRACT, new byte[] {0x60, 0});
        assertRefused(Failure.WRONG_CODE, chain::answer);
        chain.state().account(HonestChain.CONTRACT, new byte[0]);
        chain.mine();
        assertRefused(Failure.NO_CONTRACT, chain::answer);
        Address nobody = address(7);
        try (ProvenSource elsewhere = source(new PinnedContract(31337, nobody, Hash32.ZERO))) {
            assertFails(elsewhere, Failure.NO_CONTRACT);
        }
    }

    @Test
    void codeThatChangesLaterIsRefused() throws Exception {
        source.read();
        chain.state().account(HonestChain.CONTRACT, new byte[] {0x60, 0});
        chain.mine();

        assertRefused(Failure.WRONG_CODE, chain::answer);
    }

    @Test
    void aDocumentCutShortIsRefused() throws Exception {
        assertRefused(
                Failure.WRONG_DOCUMENT,
                lie(
                        "eth_getCode",
                        call -> {
                            String code = ((Json.Text) chain.answer(call)).value();
                            return new Json.Text(code.substring(0, code.length() - 2));
                        }));
    }

    @Test
    void aDocumentThatIsAbsentIsRefused() throws Exception {
        chain.documentOf("app.example", HonestChain.hash("lost"), address(7));

        assertRefused(Failure.WRONG_DOCUMENT, chain::answer);
    }

    @Test
    void aHeaderWhoseFieldsDoNotMakeItsHashIsRefused() throws Exception {
        for (String field : new String[] {"stateRoot", "number", "timestamp", "parentHash"}) {
            assertRefused(
                    Failure.WRONG_HEADER,
                    lie(
                            "eth_getBlockByNumber",
                            call -> with(chain.answer(call), field, "0x" + "12".repeat(32))));
        }
    }

    @Test
    void anotherHashOfTheAnchoredBlockIsRefused() throws Exception {
        source.read();

        assertRefused(
                Failure.FORKED_HEAD, lie("eth_getBlockByNumber", call -> chain.header("fork")));
    }

    @Test
    void anOlderBlockIsRefused() throws Exception {
        source.read();
        chain.block(99);

        assertRefused(Failure.OLDER_BLOCK, chain::answer);
    }

    @Test
    void aLowerEpochIsRefused() throws Exception {
        chain.progress(5, HonestChain.hash("head 5"));
        source.read();
        chain.mine();
        chain.progress(4, HonestChain.hash("head 4"));

        assertRefused(Failure.LOWER_EPOCH, chain::answer);
    }

    @Test
    void anotherHeadOfTheSameEpochIsRefused() throws Exception {
        source.read();
        chain.mine();
        chain.progress(2, HonestChain.hash("another head"));

        assertRefused(Failure.FORKED_HEAD, chain::answer);
    }

    @Test
    void aLaterEpochOfAnotherHistoryIsRefused() throws Exception {
        source.read();
        chain.mine();
        chain.progress(2, HonestChain.hash("another head"));
        chain.publish("app.example", DOCUMENT);

        assertRefused(Failure.FORKED_HEAD, chain::answer);
    }

    @Test
    void theAnchorHoldsAcrossARestart() throws Exception {
        AnchorStore store = AnchorStore.inMemory();
        try (ProvenSource first = source(store)) {
            first.read();
        }
        chain.block(99);
        try (ProvenSource second = source(store)) {
            assertThatExceptionOfType(PolicyReadException.class)
                    .isThrownBy(second::read)
                    .extracting(PolicyReadException::failure)
                    .isEqualTo(Failure.OLDER_BLOCK);
        }
    }

    @Test
    void anAnchorThatIsNotToBeHadIsNotGuessed() {
        AnchorStore broken =
                new AnchorStore() {
                    @Override
                    public Optional<PolicyAnchor> load() throws IOException {
                        throw new IOException("sealed by another");
                    }

                    @Override
                    public void store(PolicyAnchor anchor) {}
                };
        try (ProvenSource reader = source(broken)) {
            assertThatExceptionOfType(PolicyReadException.class)
                    .isThrownBy(reader::read)
                    .extracting(PolicyReadException::failure)
                    .isEqualTo(Failure.ANCHOR_UNAVAILABLE);
        }
    }

    @Test
    void aListOfNamesBeyondAllMeasureIsRefused() throws Exception {
        chain.count(BigInteger.valueOf(Progress.NAMES_MAX + 1));
        assertRefused(Failure.TOO_MANY_NAMES, chain::answer);
    }

    @Test
    void aCountThatNoListHasIsRefused() throws Exception {
        chain.count(BigInteger.ONE.shiftLeft(255));
        assertRefused(Failure.CONTRADICTORY_STATE, chain::answer);
    }

    @Test
    void stateThatContradictsItselfIsRefused() throws Exception {
        chain.status("app.example", 3);
        assertRefused(Failure.CONTRADICTORY_STATE, chain::answer);
        chain.status("app.example", 9);
        chain.mine();
        assertRefused(Failure.CONTRADICTORY_STATE, chain::answer);
        chain.status("app.example", 0);
        chain.mine();
        assertRefused(Failure.CONTRADICTORY_STATE, chain::answer);
        chain.documentOf("app.example", Hash32.ZERO, address(7));
        chain.mine();
        chain.status("app.example", 2);
        assertRefused(Failure.CONTRADICTORY_STATE, chain::answer);
    }

    @Test
    void aNameThatIsNoneOrStandsTwiceIsRefused() throws Exception {
        chain.list("app.example");
        assertRefused(Failure.CONTRADICTORY_STATE, chain::answer);
        byte[] tooLong = new byte[32];
        Arrays.fill(tooLong, (byte) 0xff);
        chain.listed(tooLong);
        chain.mine();
        assertRefused(Failure.CONTRADICTORY_STATE, chain::answer);
    }

    @Test
    void answersOfTheWrongFormAreMalformed() throws Exception {
        assertRefused(Failure.MALFORMED_ANSWER, lie("eth_chainId", call -> new Json.Int(31337)));
        assertRefused(
                Failure.MALFORMED_ANSWER,
                lie("eth_chainId", call -> new Json.Text("0x0" + Long.toHexString(31337))));
        assertRefused(
                Failure.MALFORMED_ANSWER, lie("eth_getBlockByNumber", call -> new Json.Null()));
        assertRefused(
                Failure.WRONG_HEADER,
                lie("eth_getBlockByNumber", call -> Json.object("number", "0x1")));
        assertRefused(Failure.MALFORMED_ANSWER, lie("eth_getProof", call -> new Json.Text("0x01")));
        assertRefused(Failure.MALFORMED_ANSWER, lie("eth_getProof", call -> Json.object()));
        assertRefused(Failure.MALFORMED_ANSWER, lie("eth_getCode", call -> new Json.Text("0xzz")));
    }

    @Test
    void aGiantAnswerIsCutOff() throws Exception {
        endpoint.answer(Answering.endless(new byte[1 << 16]));

        assertFails(source, Failure.ANSWER_TOO_LARGE);
        assertHonestCounts();
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws Exception {
        endpoint.answer(Answering.silent());
        try (ProvenSource hasty =
                ProvenSource.devnet(
                        HonestChain.PINNED,
                        JsonRpc.open(endpoint.uri(), Duration.ofMillis(200), 1 << 20),
                        AnchorStore.inMemory())) {
            assertFails(hasty, Failure.TIMED_OUT);
        }
        assertHonestCounts();
    }

    @Test
    void aKnownDocumentIsNotFetchedAgain() throws Exception {
        source.read();
        AtomicInteger codes = new AtomicInteger();
        chain.publish("other.example", "{\"b\":2}".getBytes(StandardCharsets.UTF_8));
        chain.publish("third.example", DOCUMENT);
        chain.mine();
        endpoint.answerCalls(
                call -> {
                    if (call.method().equals("eth_getCode")) {
                        codes.incrementAndGet();
                    }
                    return chain.answer(call);
                });

        assertThat(source.read().names()).hasSize(3);
        assertThat(codes).as("the new document").hasValue(1);
    }

    private static Json with(Json object, String member, String value) {
        Map<String, Json> members = new HashMap<>(((Json.Obj) object).members());
        members.put(member, new Json.Text(value));
        return new Json.Obj(members);
    }

    private Function<RpcCall, Json> lie(String method, Function<RpcCall, Json> lie) {
        return call -> call.method().equals(method) ? lie.apply(call) : chain.answer(call);
    }

    private void assertRefused(Failure failure, Function<RpcCall, Json> lies) throws Exception {
        endpoint.answerCalls(lies);
        assertFails(source, failure);
        endpoint.answerCalls(chain::answer);
    }

    private void assertHonestCounts() throws Exception {
        endpoint.answerCalls(chain::answer);
        assertThat(document(source.read())).isPresent();
    }

    private static void assertFails(ProvenSource source, Failure failure) {
        assertThatExceptionOfType(PolicyReadException.class)
                .isThrownBy(source::read)
                .extracting(PolicyReadException::failure)
                .isEqualTo(failure);
    }

    private static Optional<StoredDocument> document(PolicyReading reading) {
        return Optional.ofNullable(reading.names().get(APP)).flatMap(NameEntry::document);
    }

    private static Address address(int last) {
        byte[] bytes = new byte[Address.SIZE_BYTES];
        bytes[bytes.length - 1] = (byte) last;
        return Address.of(bytes);
    }

    private ProvenSource source(AnchorStore store) {
        return ProvenSource.devnet(HonestChain.PINNED, JsonRpc.open(endpoint.uri()), store);
    }

    private ProvenSource source(PinnedContract pinned) {
        return ProvenSource.devnet(pinned, JsonRpc.open(endpoint.uri()), AnchorStore.inMemory());
    }
}
