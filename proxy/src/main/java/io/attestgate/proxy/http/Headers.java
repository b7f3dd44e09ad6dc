package io.attestgate.proxy.http;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * The fields of one message in the order they came, names in lower case.
 *
 * <p>A list that is searched from the front: a message has some fifteen fields, and comparing
 * fifteen short names is cheaper than a table. Owned by one message on one loop. Names and values
 * were checked by whoever read them.
 */
public final class Headers {
    private static final int CAPACITY = 24;

    private AsciiString[] pairs = new AsciiString[2 * CAPACITY];
    private int used;

    /** Adds a field after the others. */
    public Headers add(AsciiString name, AsciiString value) {
        if (used == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * used);
        }
        pairs[used++] = name;
        pairs[used++] = value;
        return this;
    }

    /** Adds a field after the others. */
    public Headers add(AsciiString name, String value) {
        return add(name, AsciiString.of(value));
    }

    /** Puts one field in the place of all of that name. */
    public Headers set(AsciiString name, AsciiString value) {
        remove(name);
        return add(name, value);
    }

    /** The first value of that name. */
    public Optional<AsciiString> first(AsciiString name) {
        for (int i = 0; i < used; i += 2) {
            if (pairs[i].equals(name)) {
                return Optional.of(pairs[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** Every value of that name, in order. */
    public List<AsciiString> all(AsciiString name) {
        List<AsciiString> values = List.of();
        for (int i = 0; i < used; i += 2) {
            if (pairs[i].equals(name)) {
                values = values.isEmpty() ? new ArrayList<>(2) : values;
                values.add(pairs[i + 1]);
            }
        }
        return values;
    }

    public boolean contains(AsciiString name) {
        for (int i = 0; i < used; i += 2) {
            if (pairs[i].equals(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether {@code token} is in the comma-separated list that the fields of that name make, in
     * any case (RFC 9110 §5.6.1).
     */
    public boolean lists(AsciiString name, AsciiString token) {
        for (int i = 0; i < used; i += 2) {
            if (pairs[i].equals(name) && Tokens.contains(pairs[i + 1], token)) {
                return true;
            }
        }
        return false;
    }

    /** Takes away every field of that name. */
    public void remove(AsciiString name) {
        removeIf((n, value) -> n.equals(name));
    }

    /** Takes away every field that {@code condition} holds for. */
    public void removeIf(BiPredicate<AsciiString, AsciiString> condition) {
        int kept = 0;
        for (int i = 0; i < used; i += 2) {
            if (!condition.test(pairs[i], pairs[i + 1])) {
                pairs[kept++] = pairs[i];
                pairs[kept++] = pairs[i + 1];
            }
        }
        Arrays.fill(pairs, kept, used, null);
        used = kept;
    }

    public void forEach(BiConsumer<AsciiString, AsciiString> action) {
        for (int i = 0; i < used; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    public int size() {
        return used / 2;
    }

    /** Of all names and values together. */
    public int lengthBytes() {
        int length = 0;
        for (int i = 0; i < used; i++) {
            length += pairs[i].length();
        }
        return length;
    }

    AsciiString nameAt(int index) {
        return pairs[2 * index];
    }

    AsciiString valueAt(int index) {
        return pairs[2 * index + 1];
    }

    public boolean isEmpty() {
        return used == 0;
    }

    /** A list of its own, with the same fields. */
    public Headers copy() {
        Headers copy = new Headers();
        copy.pairs = pairs.clone();
        copy.used = used;
        return copy;
    }

    /** The names alone: values are the client's own affair. */
    @Override
    public String toString() {
        StringBuilder names = new StringBuilder("Headers[");
        forEach((name, value) -> names.append(names.length() > 8 ? ", " : "").append(name));
        return names.append(']').toString();
    }
}
