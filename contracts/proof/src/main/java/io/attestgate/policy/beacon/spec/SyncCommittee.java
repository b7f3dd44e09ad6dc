package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code SyncCommittee}: the public keys that sign for one period, as bytes and nothing more. */
public final class SyncCommittee {
    /** Compressed points of G1. */
    public static final int KEY_BYTES = 48;

    private final List<ByteString> keys;
    private final ByteString aggregateKey;
    private final Hash32 root;

    /**
     * A committee of these keys.
     *
     * @param keys {@link #KEY_BYTES} each; one may stand there more than once
     * @param aggregateKey claimed to be their sum
     */
    public SyncCommittee(List<ByteString> keys, ByteString aggregateKey) {
        this.keys = List.copyOf(keys);
        this.aggregateKey = aggregateKey;
        List<byte[]> roots = new ArrayList<>();
        for (ByteString key : keys) {
            roots.add(keyRoot(key));
        }
        this.root = Ssz.node(Hash32.of(Ssz.merkleize(roots)), Hash32.of(keyRoot(aggregateKey)));
    }

    /** Two chunks: the key, and zeros. */
    private static byte[] keyRoot(ByteString key) {
        return Digests.sha256(Arrays.copyOf(key.bytes(), 2 * Hash32.SIZE_BYTES));
    }

    public List<ByteString> keys() {
        return keys;
    }

    public ByteString aggregateKey() {
        return aggregateKey;
    }

    /** {@code hash_tree_root}. */
    public Hash32 root() {
        return root;
    }

    static Layout layout(Preset preset) {
        return Layout.of(KEY_BYTES * preset.syncCommitteeSize(), KEY_BYTES);
    }

    static SyncCommittee read(Fields parent, String name, Preset preset) throws Malformed {
        Fields fields = parent.container(name, layout(preset));
        SyncCommittee committee =
                new SyncCommittee(
                        fields.vectors("pubkeys", preset.syncCommitteeSize(), KEY_BYTES),
                        fields.bytes("aggregate_pubkey", KEY_BYTES));
        fields.end();
        return committee;
    }

    /** Whether every byte is zero, as in a message that has no committee. */
    boolean isEmpty() {
        ByteString zero = ByteString.zero(KEY_BYTES);
        return aggregateKey.equals(zero) && keys.stream().allMatch(zero::equals);
    }

    /** By root, which commits to every byte. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SyncCommittee committee && root.equals(committee.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return "SyncCommittee[" + root + "]";
    }
}
