package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.proof.StateProof;
import io.attestgate.policy.rpc.HostileEndpoint;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What proof costs with 1,000 names, printed: the first reading, an unchanged one, one change. */
@RequiresPeer("anvil")
class CostTest {
    private static final int NAMES = 1_000;
    private static final int ROUNDS = 200;

    private long calls;
    private long proofs;
    private long nodes;
    private long bytes;

    @Test
    @Tag("long")
    void theFirstReadingAnUnchangedOneAndOneChangedName() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                HostileEndpoint between = HostileEndpoint.open();
                ProvenSource source = source(policy, between)) {
            for (int i = 0; i < NAMES; i++) {
                policy.publishUnfinalised(name(i), document(i));
            }
            policy.mine(2);
            report("first reading of 1,000 names", source);
            policy.mine(1);
            report("reading under an unchanged head", source);
            policy.publish(name(500), document(NAMES));
            PolicyReading changed = report("reading of one changed name", source);
            assertThat(changed.names()).hasSize(NAMES);
            verifyOneName(policy, source.newest().orElseThrow());
        }
    }

    private PolicyReading report(String what, ProvenSource source) throws Exception {
        calls = 0;
        proofs = 0;
        nodes = 0;
        bytes = 0;
        long start = System.nanoTime();
        PolicyReading reading = source.read();
        System.out.printf(
                "%s: %d ms, %d calls, %d proofs, %d nodes, %d bytes of answers%n",
                what, (System.nanoTime() - start) / 1_000_000, calls, proofs, nodes, bytes);
        return reading;
    }

    /** Verification alone: JSON is there, and the header is believed. */
    private void verifyOneName(PolicyOnAnvil policy, ProvenBlock block) throws Exception {
        PolicyLayout layout = new PolicyLayout(HonestChain.ARTIFACT);
        List<Hash32> slots =
                IntStream.range(0, PolicyLayout.ENTRY_SLOTS)
                        .mapToObj(offset -> layout.entry(new PolicyName(name(500)), offset))
                        .toList();
        Json answer =
                policy.rpc()
                        .call(
                                "eth_getProof",
                                new Json.Text(policy.pinned().contract().toString()),
                                Json.Arr.of(slots.stream().map(Hash32::toString).toList()),
                                Answers.pin(block.header()));
        List<Long> micros = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            StateProof proof = StateProof.parse(answer).toOptional().orElseThrow();
            Hash32 storageRoot =
                    proof.accountUnder(block.header().stateRoot(), policy.pinned().contract())
                            .toOptional()
                            .flatMap(account -> account)
                            .orElseThrow()
                            .storageRoot();
            assertThat(proof.wordsUnder(storageRoot, slots).toOptional()).isPresent();
            micros.add((System.nanoTime() - start) / 1_000);
        }
        System.out.printf(
                "verification of one name: the first %d us, the median of %d %d us%n",
                micros.getFirst(), ROUNDS, micros.stream().sorted().toList().get(ROUNDS / 2));
    }

    private ProvenSource source(PolicyOnAnvil policy, HostileEndpoint between) {
        between.answerCalls(call -> forwarded(policy.rpc(), call));
        return ProvenSource.devnet(
                policy.pinned(), JsonRpc.open(between.uri()), AnchorStore.inMemory());
    }

    private Json forwarded(JsonRpc anvil, RpcCall call) {
        try {
            Json answer = anvil.call(call.method(), call.parameters().toArray(Json[]::new));
            calls++;
            bytes += CanonicalJson.write(answer).length;
            if (call.method().equals("eth_getProof")) {
                StateProof proof = StateProof.parse(answer).toOptional().orElseThrow();
                proofs += 1 + proof.slots().size();
                nodes += proof.account().size();
                proof.slots().forEach(slot -> nodes += slot.nodes().size());
            }
            return answer;
        } catch (RpcException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(int i) {
        return "n%04d.example".formatted(i);
    }

    private static byte[] document(int i) {
        return "{\"n\":%d}".formatted(i).getBytes(StandardCharsets.UTF_8);
    }
}
