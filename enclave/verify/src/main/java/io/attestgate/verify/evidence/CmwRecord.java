package io.attestgate.verify.evidence;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One piece of evidence with its media type: a RATS conceptual message wrapper in its JSON record
 * form, {@code [type, value, ind?]}.
 */
public final class CmwRecord {
    /** More than any one member of the evidence needs. */
    public static final int VALUE_BYTES_MAX = 256 * 1024;

    private static final String TYPE_PREFIX = "application/vnd.attestgate.";
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9.-]{0,31}");

    /** The bit of {@code ind} that says "evidence"; a record without {@code ind} says no less. */
    private static final long IND_EVIDENCE = 4;

    private final String kind;
    private final byte[] value;

    private CmwRecord(String kind, byte[] value) {
        this.kind = kind;
        this.value = value;
    }

    /**
     * Takes a copy of {@code value}.
     *
     * @param kind the last part of the media type {@code application/vnd.attestgate.<kind>}
     */
    public static CmwRecord of(String kind, byte[] value) {
        if (!KIND.matcher(kind).matches() || value.length > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "kind, value: \"%s\", %d bytes (expected: a lower-case word, at most %d bytes)"
                            .formatted(kind, value.length, VALUE_BYTES_MAX));
        }
        return new CmwRecord(kind, value.clone());
    }

    static Parsed<CmwRecord> parse(String path, Json json) {
        if (!(json instanceof Json.Arr array)
                || array.elements().size() < 2
                || array.elements().size() > 3
                || !(array.elements().get(0) instanceof Json.Text type)
                || !(array.elements().get(1) instanceof Json.Text text)) {
            return Parsed.bad(new Fault(path, json.kind(), "[media type, base64url value]"));
        }
        if (array.elements().size() == 3
                && !array.elements().get(2).equals(new Json.Int(IND_EVIDENCE))) {
            return Parsed.bad(
                    new Fault(path + "[2]", array.elements().get(2).kind(), "4: evidence"));
        }
        return kind(type.value())
                .<Parsed<String>>map(Parsed::good)
                .orElseGet(() -> bad(path + "[0]", type, TYPE_PREFIX + "<kind>"))
                .then(kind -> value(path + "[1]", text).then(value -> good(kind, value)));
    }

    private static Parsed<CmwRecord> good(String kind, byte[] value) {
        return Parsed.good(new CmwRecord(kind, value));
    }

    private static Optional<String> kind(String type) {
        return Optional.of(type)
                .filter(t -> t.startsWith(TYPE_PREFIX))
                .map(t -> t.substring(TYPE_PREFIX.length()))
                .filter(KIND.asMatchPredicate());
    }

    private static Parsed<byte[]> value(String path, Json.Text text) {
        return Base64Url.parse(text.value())
                .filter(value -> value.length <= VALUE_BYTES_MAX)
                .map(Parsed::good)
                .orElseGet(() -> bad(path, text, "base64url of at most 256 KiB"));
    }

    private static <T> Parsed<T> bad(String path, Json.Text found, String expected) {
        return Parsed.bad(Fault.quoted(path, found.value(), expected));
    }

    Json toJson() {
        return Json.Arr.of(List.of(TYPE_PREFIX + kind, Base64Url.write(value)));
    }

    /** The last part of the media type. */
    public String kind() {
        return kind;
    }

    /** A copy of the bytes. */
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CmwRecord that
                && kind.equals(that.kind)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "%s[%d bytes, sha256 %s]"
                .formatted(kind, value.length, Hash32.of(Digests.sha256(value)));
    }
}
