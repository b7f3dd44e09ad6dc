package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.TestState;
import io.attestgate.policy.rpc.HostileEndpoint;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No slot is believed but what its proof leads to. */
class HostileProofTest {
    private static final byte[] DOCUMENT = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    private final HonestChain chain = new HonestChain();
    private final HostileEndpoint endpoint = HostileEndpoint.open();
    private final ProvenSource source =
            ProvenSource.devnet(
                    HonestChain.PINNED, JsonRpc.open(endpoint.uri()), AnchorStore.inMemory());

    HostileProofTest() throws IOException {
        chain.publish("app.example", DOCUMENT);
        endpoint.answerCalls(chain::answer);
    }

    @AfterEach
    void close() {
        source.close();
        endpoint.close();
    }

    @Test
    void aSlotThatIsThereAndSaidToBeAbsentIsRefused() throws Exception {
        assertRefused(slot -> with(slot, "value", new Json.Text("0x0")));
        assertRefused(slot -> with(with(slot, "value", new Json.Text("0x0")), "proof", none()));
    }

    @Test
    void aSlotThatIsAbsentAndSaidToBeThereIsRefused() throws Exception {
        Json word = new Json.Text("0x7");
        assertRefused(slot -> slot.get("value").equals(zero()) ? with(slot, "value", word) : slot);
    }

    @Test
    void nodesCutShortTooFewOrTooManyAreRefused() throws Exception {
        assertRefused(slot -> with(slot, "proof", truncated(nodes(slot))));
        assertRefused(slot -> with(slot, "proof", new Json.Arr(tail(nodes(slot)))));
        assertRefused(slot -> with(slot, "proof", new Json.Arr(doubled(nodes(slot)))));
        assertRefused(slot -> with(slot, "proof", none()));
    }

    @Test
    void theProofOfAnotherSlotIsRefused() throws Exception {
        Hash32 head = Slots.of(chain.layout().head);
        Json other = slotProof(chain.answer(proofCall(head)));
        assertRefused(slot -> with(slot, "proof", member(other, "proof")));
        assertRefused(slot -> (Json.Obj) other);
    }

    @Test
    void theProofOfAnotherAccountIsRefused() throws Exception {
        chain.state().account(address("cd"), HonestChain.ARTIFACT.deployedBytecode());
        chain.state().put(address("cd"), Slots.of(chain.layout().epoch), Hash32.ZERO);
        assertFails(
                Failure.WRONG_PROOF,
                call -> {
                    List<Json> parameters = new ArrayList<>(call.parameters());
                    parameters.set(0, new Json.Text(address("cd").toString()));
                    return chain.answer(new RpcCall(call.method(), parameters));
                });
    }

    @Test
    void aProofUnderAnotherStateRootIsRefused() throws Exception {
        HonestChain older = new HonestChain();

        assertFails(Failure.WRONG_PROOF, older::answer);
    }

    @Test
    void storageOfTheEndpointsOwnMakingIsRefused() throws Exception {
        TestState invented = new HonestChain().state();
        invented.put(HonestChain.CONTRACT, Slots.of(chain.layout().head), HonestChain.hash("mine"));
        assertFails(
                Failure.WRONG_PROOF,
                call ->
                        with(
                                (Json.Obj) chain.answer(call),
                                "storageProof",
                                member(invented.proof(call), "storageProof")));
    }

    @Test
    void anAnswerForOtherSlotsThanWereAskedIsRefused() throws Exception {
        assertFails(
                Failure.WRONG_PROOF,
                call -> {
                    Json.Obj answer = (Json.Obj) chain.answer(call);
                    List<Json> slots = ((Json.Arr) member(answer, "storageProof")).elements();
                    return with(answer, "storageProof", new Json.Arr(slots.reversed()));
                });
        assertFails(
                Failure.WRONG_PROOF,
                call -> with((Json.Obj) chain.answer(call), "storageProof", none()));
    }

    @Test
    void moreNodesOrSlotsThanAnyProofHasAreRefused() throws Exception {
        Json node = new Json.Text("0x80");
        Json many = new Json.Arr(Collections.nCopies(2_000, node));
        assertFails(
                Failure.MALFORMED_ANSWER,
                call -> with((Json.Obj) chain.answer(call), "accountProof", many));
        assertFails(
                Failure.MALFORMED_ANSWER,
                call -> with((Json.Obj) chain.answer(call), "storageProof", many));
    }

    private void assertRefused(UnaryOperator<Json.Obj> lie) throws Exception {
        assertFails(Failure.WRONG_PROOF, call -> lied(call, lie));
    }

    private Json lied(RpcCall call, UnaryOperator<Json.Obj> lie) {
        Json.Obj answer = (Json.Obj) chain.answer(call);
        List<Json> slots =
                ((Json.Arr) member(answer, "storageProof"))
                        .elements().stream().<Json>map(slot -> lie.apply((Json.Obj) slot)).toList();
        return with(answer, "storageProof", new Json.Arr(slots));
    }

    private void assertFails(Failure failure, Function<RpcCall, Json> proofAnswer)
            throws Exception {
        endpoint.answerCalls(
                call ->
                        call.method().equals("eth_getProof")
                                ? proofAnswer.apply(call)
                                : chain.answer(call));
        assertThatExceptionOfType(PolicyReadException.class)
                .isThrownBy(source::read)
                .extracting(PolicyReadException::failure)
                .isEqualTo(failure);
        endpoint.answerCalls(chain::answer);
        assertThat(source.read().names()).hasSize(1);
    }

    private static RpcCall proofCall(Hash32 slot) {
        return RpcCall.of(
                "eth_getProof",
                new Json.Text(HonestChain.CONTRACT.toString()),
                Json.Arr.of(List.of(slot.toString())),
                new Json.Text("latest"));
    }

    private static Json slotProof(Json answer) {
        return ((Json.Arr) member(answer, "storageProof")).elements().getFirst();
    }

    private static List<Json> nodes(Json slot) {
        return ((Json.Arr) member(slot, "proof")).elements();
    }

    private static Json truncated(List<Json> nodes) {
        List<Json> cut = new ArrayList<>(nodes);
        String last = ((Json.Text) cut.removeLast()).value();
        cut.add(new Json.Text(last.substring(0, last.length() - 2)));
        return new Json.Arr(cut);
    }

    private static List<Json> tail(List<Json> nodes) {
        return nodes.subList(1, nodes.size());
    }

    private static List<Json> doubled(List<Json> nodes) {
        List<Json> doubled = new ArrayList<>(nodes);
        doubled.add(nodes.getLast());
        return doubled;
    }

    private static Json none() {
        return new Json.Arr(List.of());
    }

    private static Optional<Json> zero() {
        return Optional.of(new Json.Text(Hash32.ZERO.toString()));
    }

    private static Json member(Json object, String name) {
        return ((Json.Obj) object).get(name).orElseThrow();
    }

    private static Json.Obj with(Json.Obj object, String member, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.put(member, value);
        return new Json.Obj(members);
    }

    private static Address address(String pair) {
        return Address.parse("0x" + pair.repeat(20)).orElseThrow();
    }
}
