package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.Account;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.proof.StateProof;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The storage of a contract, proven slot by slot under the header of one block, and only where its
 * code is the pinned.
 *
 * <p>Each call of {@code eth_getProof} brings the account and up to {@link #SLOTS_PER_CALL} of its
 * slots; the account is proven under the header's state root, its code hash compared, and the slots
 * proven under its storage root, all anew for each call. A call that fails or whose proof is wrong
 * goes to another endpoint where there is one. Blocks; nothing is asked before the first word.
 *
 * @param endpoints any of which may give the proofs
 * @param header of the block
 * @param address of the contract
 * @param codeHash keccak256 of the code it must have
 */
public record ProvenContract(
        ProofEndpoints endpoints, ExecutionHeader header, Address address, Hash32 codeHash)
        implements Storage {

    /** Common endpoints prove as many in one call; at 4 KiB each an answer stays below 1 MiB. */
    static final int SLOTS_PER_CALL = 100;

    private static final Hash32 NO_CODE = Hash32.of(Digests.keccak256());

    /** The contract of that code at that address, at the block of {@code header}. */
    public static ProvenContract at(
            ProofEndpoints endpoints, ExecutionHeader header, Address address, Hash32 codeHash) {
        return new ProvenContract(endpoints, header, address, codeHash);
    }

    /**
     * The word in one slot; zero where it is proven to be absent.
     *
     * @throws PolicyReadException as {@link #words}
     */
    public Hash32 word(Hash32 slot) throws PolicyReadException {
        return words(List.of(slot)).getFirst();
    }

    /**
     * The words in these slots, in the same order.
     *
     * @throws PolicyReadException {@code WRONG_PROOF} if something is not proven, {@code
     *     NO_CONTRACT} or {@code WRONG_CODE} if it is proven that the contract is not there, or by
     *     how no answer came
     */
    @Override
    public List<Hash32> words(List<Hash32> slots) throws PolicyReadException {
        List<Hash32> words = new ArrayList<>();
        for (int from = 0; from < slots.size(); from += SLOTS_PER_CALL) {
            List<Hash32> some = slots.subList(from, Math.min(slots.size(), from + SLOTS_PER_CALL));
            words.addAll(endpoints.ask(rpc -> proven(rpc, some)));
        }
        return words;
    }

    /**
     * Asks once more before it calls an endpoint a liar: a node that is just taking the next block
     * may answer about its state, as anvil does.
     */
    private List<Hash32> proven(JsonRpc rpc, List<Hash32> slots) throws PolicyReadException {
        try {
            return provenAtOnce(rpc, slots);
        } catch (PolicyReadException e) {
            if (e.failure() != Failure.WRONG_PROOF) {
                throw e;
            }
            return provenAtOnce(rpc, slots);
        }
    }

    private List<Hash32> provenAtOnce(JsonRpc rpc, List<Hash32> slots) throws PolicyReadException {
        StateProof proof =
                Answers.believed(Failure.MALFORMED_ANSWER, StateProof.parse(ask(rpc, slots)));
        Optional<Account> account =
                Answers.believed(
                        Failure.WRONG_PROOF, proof.accountUnder(header.stateRoot(), address));
        Hash32 found = account.map(Account::codeHash).orElse(NO_CODE);
        if (account.isEmpty() || !found.equals(codeHash)) {
            throw wrongCode(found);
        }
        return Answers.believed(
                Failure.WRONG_PROOF, proof.wordsUnder(account.get().storageRoot(), slots));
    }

    private Json ask(JsonRpc rpc, List<Hash32> slots) throws PolicyReadException {
        return Answers.one(
                rpc,
                "eth_getProof",
                new Json.Text(address.toString()),
                Json.Arr.of(slots.stream().map(Hash32::toString).toList()),
                Answers.pin(header));
    }

    private PolicyReadException wrongCode(Hash32 found) {
        boolean none = found.equals(NO_CODE);
        return new PolicyReadException(
                none ? Failure.NO_CONTRACT : Failure.WRONG_CODE,
                new Fault("code of " + address, none ? "none" : "hash " + found, "hash " + codeHash)
                        .toString());
    }
}
