package io.attestgate.policy.proof;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.util.ArrayList;
import java.util.List;

/** Whatever an endpoint answers is proven or refused, and nothing else happens. */
class StateProofFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void answers(byte[] bytes) {
        JsonReader.parse(bytes, 1 << 16).toOptional().ifPresent(StateProofFuzzTest::judge);
    }

    @FuzzTest(maxDuration = "60s")
    void headers(byte[] bytes) {
        ExecutionHeader.ofRlp(bytes);
        JsonReader.parse(bytes, 1 << 16).toOptional().ifPresent(ExecutionHeader::ofJson);
    }

    /** Nodes that name each other rightly, so that what is inside them is read. */
    @FuzzTest(maxDuration = "60s")
    void nodes(FuzzedDataProvider data) {
        List<byte[]> nodes = new ArrayList<>();
        for (int i = data.consumeInt(0, 4); i > 0; i--) {
            nodes.add(data.consumeBytes(128));
        }
        byte[] key = data.consumeBytes(8);
        byte[] root = nodes.isEmpty() ? new byte[0] : nodes.getFirst();
        TrieProof.value(Hash32.of(Digests.keccak256(root)), key, nodes);
        Account.parse(data.consumeRemainingAsBytes());
    }

    private static void judge(Json answer) {
        StateProof.parse(answer).toOptional().ifPresent(StateProofFuzzTest::judge);
    }

    private static void judge(StateProof proof) {
        proof.accountUnder(root(proof.account()), Address.ZERO);
        for (StateProof.SlotProof slot : proof.slots()) {
            proof.wordsUnder(root(slot.nodes()), List.of(slot.slot()));
        }
    }

    private static Hash32 root(List<byte[]> nodes) {
        return nodes.isEmpty()
                ? TrieProof.EMPTY_ROOT
                : Hash32.of(Digests.keccak256(nodes.getFirst()));
    }
}
