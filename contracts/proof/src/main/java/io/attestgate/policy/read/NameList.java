package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Hash32;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The contract's list of all names, a {@code string[]} that only grows, read from its slots. */
record NameList(PolicyLayout layout, Storage storage, ReadingListener listener) {
    private static final int WORD_BYTES = 32;
    private static final int SHORT_STRING_BYTES_MAX = 31;
    private static final int NAME_BYTES_MAX = 253;
    private static final int NAMES_PER_CALL = ProvenContract.SLOTS_PER_CALL;

    /** The names numbered from {@code from} to before {@code to}. */
    List<PolicyName> read(int from, int to) throws PolicyReadException {
        List<PolicyName> names = new ArrayList<>();
        for (int next = from; next < to; next += NAMES_PER_CALL) {
            names.addAll(some(next, Math.min(to, next + NAMES_PER_CALL)));
            listener.proven(ReadingListener.Part.NAMES, names.size(), to - from);
        }
        return names;
    }

    private List<PolicyName> some(int from, int to) throws PolicyReadException {
        List<Hash32> slots = new ArrayList<>();
        for (int i = from; i < to; i++) {
            slots.add(layout.name(i));
        }
        List<Hash32> firsts = storage.words(slots);
        List<Hash32> pieces = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            int length = stringLength(firsts.get(i));
            for (int piece = 0; isLong(length) && piece * WORD_BYTES < length; piece++) {
                pieces.add(Slots.content(slots.get(i), piece));
            }
        }
        return strings(firsts, storage.words(pieces));
    }

    private static List<PolicyName> strings(List<Hash32> firsts, List<Hash32> pieces)
            throws PolicyReadException {
        List<PolicyName> names = new ArrayList<>();
        int next = 0;
        for (Hash32 first : firsts) {
            int length = stringLength(first);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (isLong(length)) {
                for (int at = 0; at < length; at += WORD_BYTES) {
                    bytes.writeBytes(pieces.get(next++).bytes());
                }
            } else {
                bytes.writeBytes(first.bytes());
            }
            names.add(name(bytes.toByteArray(), length));
        }
        return names;
    }

    private static PolicyName name(byte[] bytes, int length) throws PolicyReadException {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        return PolicyName.parse(text)
                .orElseThrow(() -> Contradiction.of("name", text, "one in its one form"));
    }

    private static boolean isLong(int length) {
        return length > SHORT_STRING_BYTES_MAX;
    }

    /** Up to 31 bytes: the slot's last byte is twice the length. More: the slot is twice it + 1. */
    private static int stringLength(Hash32 slot) throws PolicyReadException {
        int last = Byte.toUnsignedInt(slot.bytes()[WORD_BYTES - 1]);
        if (last % 2 == 0) {
            if (last / 2 > SHORT_STRING_BYTES_MAX) {
                throw Contradiction.of("length of a name", "" + last / 2, "at most 31 in one slot");
            }
            return last / 2;
        }
        long length = new Word(slot).count(2 * NAME_BYTES_MAX + 1, "length of a name") / 2;
        if (length <= SHORT_STRING_BYTES_MAX) {
            throw Contradiction.of("length of a name", "" + length, "32 or more beyond one slot");
        }
        return Math.toIntExact(length);
    }
}
