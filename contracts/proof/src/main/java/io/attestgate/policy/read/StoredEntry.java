package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.NameEntry.Status;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in the slots of one name, before its document's bytes are known.
 *
 * @param documentHash zero unless published
 * @param document where its bytes are; empty likewise
 */
record StoredEntry(
        PolicyName name,
        Status status,
        Hash32 documentHash,
        Optional<Address> document,
        Optional<Address> controller,
        Optional<Halt> halt) {

    /** Reads the words of an entry, in the order of its slots. */
    static StoredEntry of(PolicyLayout layout, PolicyName name, List<Word> entry)
            throws PolicyReadException {
        Optional<Address> document = in(entry, layout.document.number()).address(layout.document);
        int status = in(entry, layout.status.number()).uint8(layout.status);
        StoredEntry stored =
                new StoredEntry(
                        name,
                        status(name, status),
                        in(entry, layout.documentHash.number()).value(),
                        document,
                        in(entry, layout.controller.number()).address(layout.controller),
                        halt(layout, in(entry, layout.halt.number())));
        stored.requireConsistent();
        return stored;
    }

    /** The halt in the slot of one; empty if there never was any. */
    static Optional<Halt> halt(PolicyLayout layout, Word word) throws PolicyReadException {
        var start = word.time(layout.start);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Halt(
                        start.get(),
                        word.time(layout.until).orElse(start.get()),
                        word.time(layout.lifted),
                        word.uint64(layout.number)));
    }

    NameEntry entry(Map<Hash32, StoredDocument> found) {
        return new NameEntry(
                status,
                document.map(at -> Optional.ofNullable(found.get(documentHash)).orElseThrow()),
                controller,
                halt);
    }

    /** By the contract's enum, in which 0 is a name that nobody listed. */
    private static Status status(PolicyName name, int number) throws PolicyReadException {
        return switch (number) {
            case 1 -> Status.LISTED;
            case 2 -> Status.PUBLISHED;
            case 3 -> Status.WITHDRAWN;
            default ->
                    throw Contradiction.of(
                            "status of " + name,
                            Integer.toString(number),
                            "that of a name in the list");
        };
    }

    private static Word in(List<Word> entry, long offset) {
        return entry.get(Math.toIntExact(offset));
    }

    private void requireConsistent() throws PolicyReadException {
        boolean published = status == Status.PUBLISHED;
        if (published == documentHash.isZero() || published != document.isPresent()) {
            throw Contradiction.of(
                    "entry of " + name,
                    "%s with document %s".formatted(status, documentHash),
                    "a document where it is published and nowhere else");
        }
    }
}
