package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.NameEntry.Status;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the whole registry from its storage at one block: the list of names, the entry of each, the
 * documents that entries name.
 */
final class Reading {
    /** More than any one gateway serves; a reader is not to be drowned. */
    static final int NAMES_MAX = 10_000;

    private static final int WORD_BYTES = 32;
    private static final int SHORT_STRING_BYTES_MAX = 31;
    private static final int NAME_BYTES_MAX = 253;

    private final PolicyLayout layout;
    private final Storage storage;
    private final Documents documents;

    Reading(PolicyLayout layout, Storage storage, Documents documents) {
        this.layout = layout;
        this.storage = storage;
        this.documents = documents;
    }

    /**
     * How many changes there were, and the head after them.
     *
     * @param epoch of the block
     * @param head of the block
     */
    record Progress(long epoch, Hash32 head) {}

    /**
     * @param listed every name in the contract's order
     * @param entries what is known of each
     */
    record Names(List<PolicyName> listed, NavigableMap<PolicyName, NameEntry> entries) {
        Names {
            listed = List.copyOf(listed);
        }
    }

    Progress progress() throws PolicyReadException {
        List<Word> words =
                storage.read(
                        List.of(PolicyLayout.slot(layout.epoch), PolicyLayout.slot(layout.head)));
        return new Progress(words.get(0).uint64(layout.epoch), words.get(1).value());
    }

    /**
     * Every name with all that is known of it.
     *
     * @param known the first names of the list, as read before: it only grows
     */
    Names names(List<PolicyName> known) throws PolicyReadException {
        int count = count();
        if (count < known.size()) {
            throw contradiction(
                    "number of names", Integer.toString(count), "at least " + known.size());
        }
        List<PolicyName> names = new ArrayList<>(known);
        names.addAll(names(names.size(), count));
        List<Raw> raws = raws(names);
        Map<Hash32, Address> places = new HashMap<>();
        for (Raw raw : raws) {
            raw.place().ifPresent(at -> places.put(raw.documentHash(), at));
        }
        Map<Hash32, StoredDocument> found = documents.find(places);
        NavigableMap<PolicyName, NameEntry> entries = new TreeMap<>();
        for (Raw raw : raws) {
            if (entries.put(raw.name(), raw.entry(found)) != null) {
                throw contradiction("name", raw.name().value(), "each name once in the list");
            }
        }
        return new Names(names, entries);
    }

    private int count() throws PolicyReadException {
        Word length = storage.read(List.of(PolicyLayout.slot(layout.names))).getFirst();
        long count = length.count(Long.MAX_VALUE, "number of names");
        if (count > NAMES_MAX) {
            throw new PolicyReadException(
                    Failure.TOO_MANY_NAMES,
                    "names: %d (expected: at most %d)".formatted(count, NAMES_MAX));
        }
        return Math.toIntExact(count);
    }

    private List<PolicyName> names(int from, int to) throws PolicyReadException {
        List<Hash32> slots = new ArrayList<>();
        for (int i = from; i < to; i++) {
            slots.add(layout.name(i));
        }
        List<Word> firsts = storage.read(slots);
        List<Hash32> pieces = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            int length = stringLength(firsts.get(i));
            for (int piece = 0; isLong(length) && piece * WORD_BYTES < length; piece++) {
                pieces.add(PolicyLayout.stringPiece(slots.get(i), piece));
            }
        }
        return strings(firsts, storage.read(pieces));
    }

    private static List<PolicyName> strings(List<Word> firsts, List<Word> pieces)
            throws PolicyReadException {
        List<PolicyName> names = new ArrayList<>();
        int next = 0;
        for (Word first : firsts) {
            int length = stringLength(first);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (isLong(length)) {
                for (int at = 0; at < length; at += WORD_BYTES) {
                    bytes.writeBytes(pieces.get(next++).value().bytes());
                }
            } else {
                bytes.writeBytes(first.value().bytes());
            }
            names.add(name(bytes.toByteArray(), length));
        }
        return names;
    }

    private static PolicyName name(byte[] bytes, int length) throws PolicyReadException {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        return PolicyName.parse(text)
                .orElseThrow(() -> contradiction("name", text, "one in its one form"));
    }

    private static boolean isLong(int length) {
        return length > SHORT_STRING_BYTES_MAX;
    }

    /** Up to 31 bytes: the slot's last byte is twice the length. More: the slot is twice it + 1. */
    private static int stringLength(Word word) throws PolicyReadException {
        byte[] slot = word.value().bytes();
        int last = Byte.toUnsignedInt(slot[WORD_BYTES - 1]);
        if (last % 2 == 0) {
            if (last / 2 > SHORT_STRING_BYTES_MAX) {
                throw contradiction("length of a name", "" + last / 2, "at most 31 in one slot");
            }
            return last / 2;
        }
        long length = word.count(2 * NAME_BYTES_MAX + 1, "length of a name") / 2;
        if (length <= SHORT_STRING_BYTES_MAX) {
            throw contradiction("length of a name", "" + length, "32 or more beyond one slot");
        }
        return Math.toIntExact(length);
    }

    private List<Raw> raws(List<PolicyName> names) throws PolicyReadException {
        List<Hash32> slots = new ArrayList<>();
        for (PolicyName name : names) {
            for (int offset = 0; offset < PolicyLayout.ENTRY_SLOTS; offset++) {
                slots.add(layout.entry(name, offset));
            }
        }
        List<Word> words = storage.read(slots);
        List<Raw> raws = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int from = i * PolicyLayout.ENTRY_SLOTS;
            raws.add(raw(names.get(i), words.subList(from, from + PolicyLayout.ENTRY_SLOTS)));
        }
        return raws;
    }

    private Raw raw(PolicyName name, List<Word> entry) throws PolicyReadException {
        Hash32 documentHash = in(entry, layout.documentHash.number()).value();
        Optional<Address> document = in(entry, layout.document.number()).address(layout.document);
        int status = in(entry, layout.status.number()).uint8(layout.status);
        Raw raw =
                new Raw(
                        name,
                        status(name, status),
                        documentHash,
                        document,
                        in(entry, layout.controller.number()).address(layout.controller),
                        halt(in(entry, layout.halt.number())));
        raw.requireConsistent();
        return raw;
    }

    /** By the contract's enum, in which 0 is a name that nobody listed. */
    private static Status status(PolicyName name, int number) throws PolicyReadException {
        return switch (number) {
            case 1 -> Status.LISTED;
            case 2 -> Status.PUBLISHED;
            case 3 -> Status.WITHDRAWN;
            default ->
                    throw contradiction(
                            "status of " + name,
                            Integer.toString(number),
                            "that of a name in the list");
        };
    }

    private static Word in(List<Word> entry, long offset) {
        return entry.get(Math.toIntExact(offset));
    }

    private Optional<Halt> halt(Word word) throws PolicyReadException {
        Optional<Instant> start = word.time(layout.start);
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

    static PolicyReadException contradiction(String name, String found, String expected) {
        return new PolicyReadException(
                Failure.CONTRADICTORY_STATE, Fault.quoted(name, found, expected).toString());
    }

    /** An entry before its document's bytes are known. */
    private record Raw(
            PolicyName name,
            Status status,
            Hash32 documentHash,
            Optional<Address> document,
            Optional<Address> controller,
            Optional<Halt> halt) {

        Optional<Address> place() {
            return document;
        }

        void requireConsistent() throws PolicyReadException {
            boolean published = status == Status.PUBLISHED;
            if (published == documentHash.isZero() || published != document.isPresent()) {
                throw contradiction(
                        "entry of " + name,
                        "%s with document %s".formatted(status, documentHash),
                        "a document where it is published and nowhere else");
            }
        }

        NameEntry entry(Map<Hash32, StoredDocument> found) {
            return new NameEntry(
                    status,
                    document.map(at -> Optional.ofNullable(found.get(documentHash)).orElseThrow()),
                    controller,
                    halt);
        }
    }
}
