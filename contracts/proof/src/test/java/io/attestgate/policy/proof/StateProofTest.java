package io.attestgate.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.proof.StateProof.SlotProof;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proofs of mainnet and of the chain of execution-apis. */
@RequiresPeer("vectors")
class StateProofTest {
    private static final String RPC = "helios/tests/testdata/rpc/";
    private static final String APIS = "execution-apis/tests/";

    /** An answer, and the root under which it is right. */
    private record Vector(Json answer, Hash32 stateRoot) {
        Address address() {
            return Address.parse(ChainVectors.text(answer, "address")).orElseThrow();
        }

        StateProof proof() {
            return StateProof.parse(answer).toOptional().orElseThrow();
        }

        Account account() {
            return proof().accountUnder(stateRoot, address())
                    .toOptional()
                    .flatMap(a -> a)
                    .orElseThrow();
        }
    }

    @Test
    void everyAccountIsProvenWithWhatTheAnswerSaysOfIt() {
        for (Vector vector : vectors()) {
            Account account = vector.account();
            assertThat(account.storageRoot().toString())
                    .isEqualTo(ChainVectors.text(vector.answer(), "storageHash"));
            assertThat(account.codeHash().toString())
                    .isEqualTo(ChainVectors.text(vector.answer(), "codeHash"));
            assertThat("0x" + account.balance().toString(16))
                    .isEqualTo(ChainVectors.text(vector.answer(), "balance"));
            assertThat("0x" + account.nonce().toString(16))
                    .isEqualTo(ChainVectors.text(vector.answer(), "nonce"));
        }
    }

    @Test
    void everySlotIsProvenWithTheValueThatTheAnswerSays() {
        int slots = 0;
        for (Vector vector : vectors()) {
            StateProof proof = vector.proof();
            List<Hash32> wanted = proof.slots().stream().map(SlotProof::slot).toList();
            assertThat(proof.wordsUnder(vector.account().storageRoot(), wanted).toOptional())
                    .contains(proof.slots().stream().map(SlotProof::value).toList());
            slots += wanted.size();
        }
        assertThat(slots).isEqualTo(2);
    }

    @Test
    void anyBitOfAnyNodeOfAnAccountsProofMakesItWrong() {
        int mutations = 0;
        for (Vector vector : vectors()) {
            mutations +=
                    Mutations.refused(
                            vector.proof().account(),
                            nodes ->
                                    !new StateProof(nodes, List.of())
                                            .accountUnder(vector.stateRoot(), vector.address())
                                            .faults()
                                            .isEmpty());
        }
        System.out.println("mutations of account proofs refused: " + mutations);
        assertThat(mutations).isGreaterThan(50_000);
    }

    @Test
    void anyBitOfAnyNodeOfASlotsProofMakesItWrong() {
        int mutations = 0;
        for (Vector vector : vectors()) {
            Hash32 root = vector.account().storageRoot();
            for (SlotProof slot : vector.proof().slots()) {
                mutations +=
                        Mutations.refused(
                                slot.nodes(),
                                nodes -> isRefused(root, slot.slot(), slot.value(), nodes));
            }
        }
        System.out.println("mutations of slot proofs refused: " + mutations);
        assertThat(mutations).isGreaterThan(1_000);
    }

    @Test
    void aProofUnderAnotherRootIsRefused() {
        List<Vector> vectors = vectors();
        Hash32 mainnet = vectors.getFirst().stateRoot();
        Hash32 other = vectors.getLast().stateRoot();

        assertThat(
                        vectors.getFirst()
                                .proof()
                                .accountUnder(other, vectors.getFirst().address())
                                .faults())
                .isNotEmpty();
        assertThat(
                        vectors.getLast()
                                .proof()
                                .accountUnder(mainnet, vectors.getLast().address())
                                .faults())
                .isNotEmpty();
    }

    @Test
    void theProofOfAnotherAccountProvesNothing() {
        Vector contract = vectors().getFirst();
        Vector miner = vectors().get(1);

        assertThat(contract.proof().accountUnder(contract.stateRoot(), miner.address()).faults())
                .isNotEmpty();
    }

    @Test
    void aSlotSaidToHoldAnotherValueThanIsProvenIsRefused() {
        for (Vector vector : vectors()) {
            Hash32 root = vector.account().storageRoot();
            for (SlotProof slot : vector.proof().slots()) {
                for (Hash32 claim : List.of(Hash32.ZERO, root)) {
                    assertThat(isRefused(root, slot.slot(), claim, slot.nodes())).isTrue();
                }
            }
        }
    }

    @Test
    void anotherSlotThanWasAskedForIsRefused() {
        Vector vector = vectors().getFirst();
        StateProof proof = vector.proof();
        Hash32 root = vector.account().storageRoot();

        assertThat(proof.wordsUnder(root, List.of(root)).faults()).isNotEmpty();
        assertThat(proof.wordsUnder(root, List.of()).faults()).isNotEmpty();
    }

    private static boolean isRefused(Hash32 root, Hash32 slot, Hash32 value, List<byte[]> nodes) {
        return !new StateProof(List.of(), List.of(new SlotProof(slot, value, nodes)))
                .wordsUnder(root, List.of(slot))
                .faults()
                .isEmpty();
    }

    private static List<Vector> vectors() {
        List<Vector> vectors = new ArrayList<>();
        Hash32 mainnet = stateRoot(ChainVectors.json(RPC + "block.json"));
        vectors.add(new Vector(ChainVectors.json(RPC + "proof.json"), mainnet));
        vectors.add(new Vector(ChainVectors.json(RPC + "block_miner_proof.json"), mainnet));
        Hash32 newest = stateRoot(ChainVectors.result(APIS + "eth_getBlockByNumber/get-latest.io"));
        for (var file : ChainVectors.folder(APIS + "eth_getProof")) {
            Json answer = ChainVectors.result(APIS + "eth_getProof/" + file.getFileName());
            vectors.add(new Vector(answer, newest));
        }
        assertThat(vectors).hasSize(6);
        return vectors;
    }

    private static Hash32 stateRoot(Json block) {
        Optional<ExecutionHeader> header = ExecutionHeader.ofJson(block).toOptional();
        return header.orElseThrow().stateRoot();
    }
}
