package io.attestgate.policy.beacon.spec;

/**
 * {@code SyncAggregate}: who of a committee signed, and their signatures' sum.
 *
 * @param bits a bit for each place of the committee
 * @param signature 96 bytes, not yet known to be a point
 */
public record SyncAggregate(ByteString bits, ByteString signature) {
    /** A compressed point of G2. */
    public static final int SIGNATURE_BYTES = 96;

    /** Whether the key at that place signed. */
    public boolean signedBy(int place) {
        return bits.bit(place);
    }

    /** How many signed. */
    public int signers() {
        return bits.bitCount();
    }

    /** {@code bits * 3 >= size * 2}. */
    public boolean isSupermajority(Preset preset) {
        return 3 * signers() >= 2 * preset.syncCommitteeSize();
    }

    static Layout layout(Preset preset) {
        return Layout.of(preset.syncCommitteeSize() / Byte.SIZE, SIGNATURE_BYTES);
    }

    static SyncAggregate read(Fields parent, Preset preset) throws Malformed {
        Fields fields = parent.container("sync_aggregate", layout(preset));
        SyncAggregate aggregate =
                new SyncAggregate(
                        fields.bytes("sync_committee_bits", preset.syncCommitteeSize() / Byte.SIZE),
                        fields.bytes("sync_committee_signature", SIGNATURE_BYTES));
        fields.end();
        return aggregate;
    }
}
