package io.attestgate.policy.proof;

import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer of {@code eth_getProof} (EIP-1186): its nodes, of which each counts only under a root
 * that is known already. What it says beside them is ignored, but for a slot's value, which must be
 * the proven one: an endpoint that contradicts its own proof is refused.
 *
 * <p>Endpoints spell keys of slots with leading zeros or without; both are read.
 *
 * @param account nodes from the state root to the account
 * @param slots in the order in which they were asked for
 */
public record StateProof(List<byte[]> account, List<SlotProof> slots) {

    /** As many as one answer may prove. */
    public static final int SLOTS_MAX = 1024;

    public StateProof {
        account = List.copyOf(account);
        slots = List.copyOf(slots);
    }

    /**
     * The proof of one slot.
     *
     * @param slot whose it is said to be
     * @param value what it is said to hold
     * @param nodes from the storage root on
     */
    public record SlotProof(Hash32 slot, Hash32 value, List<byte[]> nodes) {
        public SlotProof {
            nodes = List.copyOf(nodes);
        }
    }

    /** Reads the result of the call. */
    public static Parsed<StateProof> parse(Json answer) {
        return Refused.parsed(() -> StateProofJson.proof(answer));
    }

    /**
     * The account at {@code address} under the state root of a header, proven; empty where it is
     * proven that there is none.
     */
    public Parsed<Optional<Account>> accountUnder(Hash32 stateRoot, Address address) {
        return Refused.parsed(
                () -> {
                    byte[] key = Digests.keccak256(address.bytes());
                    Optional<byte[]> value = TrieProof.read(stateRoot, key, account);
                    return value.isPresent()
                            ? Optional.of(Account.read(value.get()))
                            : Optional.empty();
                });
    }

    /**
     * What {@code wanted} slots hold under the storage root of a proven account, in their order;
     * zero is what is proven to be absent.
     */
    public Parsed<List<Hash32>> wordsUnder(Hash32 storageRoot, List<Hash32> wanted) {
        return Refused.parsed(() -> words(storageRoot, wanted));
    }

    private List<Hash32> words(Hash32 storageRoot, List<Hash32> wanted) throws Refused {
        if (!slots.stream().map(SlotProof::slot).toList().equals(wanted)) {
            throw new Refused("slots", slots.size() + " other", "the " + wanted.size() + " asked");
        }
        List<Hash32> words = new ArrayList<>();
        for (SlotProof slot : slots) {
            Hash32 word = word(storageRoot, slot);
            if (!word.equals(slot.value())) {
                throw new Refused("value of a slot", slot.value().toString(), word + ", as proven");
            }
            words.add(word);
        }
        return words;
    }

    private static Hash32 word(Hash32 storageRoot, SlotProof slot) throws Refused {
        byte[] key = Digests.keccak256(slot.slot().bytes());
        Optional<byte[]> value = TrieProof.read(storageRoot, key, slot.nodes());
        return value.isPresent() ? word(value.get()) : Hash32.ZERO;
    }

    /**
     * A slot's value in the trie is the RLP of a number. Of chains anvil alone keeps a slot that
     * was set to zero; that is no value either.
     */
    private static Hash32 word(byte[] rlp) throws Refused {
        byte[] number = Field.bytes("slot", Rlp.read(rlp));
        if (number.length > Hash32.SIZE_BYTES || (number.length > 0 && number[0] == 0)) {
            throw new Refused("slot", number.length + " bytes", "at most 32 without leading zeros");
        }
        byte[] word = new byte[Hash32.SIZE_BYTES];
        System.arraycopy(number, 0, word, word.length - number.length, number.length);
        return Hash32.of(word);
    }
}
