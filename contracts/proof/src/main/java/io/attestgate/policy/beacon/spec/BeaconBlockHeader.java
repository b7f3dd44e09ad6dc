package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Hash32;

/**
 * {@code BeaconBlockHeader}: what a beacon block's root is made of, and what sync committees sign.
 *
 * @param slot at most {@link #SLOT_MAX}
 * @param proposerIndex of 64 bits
 * @param parentRoot of the block before
 * @param stateRoot of the state after the block: committees and finality are proven under it
 * @param bodyRoot of the block's body: the execution payload is proven under it
 */
public record BeaconBlockHeader(
        long slot, long proposerIndex, Hash32 parentRoot, Hash32 stateRoot, Hash32 bodyRoot) {
    /** No chain counts so far in 100,000 years, and no sum with it overflows. */
    public static final long SLOT_MAX = 1L << 40;

    static final Layout LAYOUT = Layout.of(8, 8, 32, 32, 32);

    static final BeaconBlockHeader EMPTY =
            new BeaconBlockHeader(0, 0, Hash32.ZERO, Hash32.ZERO, Hash32.ZERO);

    /** {@code hash_tree_root}: the block's own root. */
    public Hash32 root() {
        return Ssz.container(
                Ssz.uint64(slot), Ssz.uint64(proposerIndex), parentRoot, stateRoot, bodyRoot);
    }

    static BeaconBlockHeader read(Fields fields) throws Malformed {
        BeaconBlockHeader header =
                new BeaconBlockHeader(
                        fields.slot("slot"),
                        fields.uint64("proposer_index"),
                        fields.hash("parent_root"),
                        fields.hash("state_root"),
                        fields.hash("body_root"));
        fields.end();
        return header;
    }
}
