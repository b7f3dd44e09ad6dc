package io.attestgate.policy.read;

import io.attestgate.wire.Address;
import java.util.Optional;

/**
 * All that the contract holds of one name and that serving it depends on.
 *
 * @param status what stands in its slot
 * @param document its document, if it is published
 * @param controller who decides over it and what is below, beside the governor
 * @param halt its newest halt
 */
public record NameEntry(
        Status status,
        Optional<StoredDocument> document,
        Optional<Address> controller,
        Optional<Halt> halt) {
    public NameEntry {
        if (document.isPresent() != (status == Status.PUBLISHED)) {
            throw new IllegalArgumentException(
                    "document of a name that is %s: %s (expected: one if it is published)"
                            .formatted(status, document));
        }
    }

    /** The published name of this document, controlled by the governor alone. */
    public static NameEntry published(StoredDocument document) {
        return new NameEntry(
                Status.PUBLISHED, Optional.of(document), Optional.empty(), Optional.empty());
    }

    /** What stands in a name's slot; in the contract's order, without its zero. */
    public enum Status {
        /** Known, without a document. */
        LISTED,
        /** Has a document. */
        PUBLISHED,
        /** A tombstone. */
        WITHDRAWN
    }
}
