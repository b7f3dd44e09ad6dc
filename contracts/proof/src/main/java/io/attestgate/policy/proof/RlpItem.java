package io.attestgate.policy.proof;

import java.util.List;

/**
 * One item of recursive length prefix encoding: bytes, or items in order (Yellow Paper, App. B).
 */
public sealed interface RlpItem {

    /**
     * Bytes, none to many.
     *
     * @param value not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // Read in place, never compared as a record.
    record Bytes(byte[] value) implements RlpItem {}

    /**
     * Items in order.
     *
     * @param items of it
     * @param encoded its own encoding, whole; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // As above.
    record Sequence(List<RlpItem> items, byte[] encoded) implements RlpItem {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** What it is, for people. */
    default String kind() {
        return switch (this) {
            case Bytes bytes -> bytes.value().length + " bytes";
            case Sequence sequence -> "a sequence of " + sequence.items().size();
        };
    }
}
