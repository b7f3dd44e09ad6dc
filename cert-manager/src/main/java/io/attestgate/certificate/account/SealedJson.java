package io.attestgate.certificate.account;

import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads the fields of an entry that we sealed ourselves; what is missing or of another type means
 * that another version wrote it, and is an error with the entry's name.
 */
public final class SealedJson {
    private static final int SIZE_BYTES_MAX = 256 * 1024;

    private final String entry;
    private final Json.Obj object;

    private SealedJson(String entry, Json.Obj object) {
        this.entry = entry;
        this.object = object;
    }

    public static SealedJson parse(String entry, byte[] bytes) throws SealedStateException {
        Optional<Json> json = JsonReader.parse(bytes, SIZE_BYTES_MAX).toOptional();
        if (json.isPresent() && json.get() instanceof Json.Obj object) {
            return new SealedJson(entry, object);
        }
        throw new SealedStateException(entry + ": no JSON object (expected: what we sealed)");
    }

    /** An object inside an array of this entry. */
    public SealedJson inner(Json json) throws SealedStateException {
        if (json instanceof Json.Obj inner) {
            return new SealedJson(entry, inner);
        }
        throw new SealedStateException("%s: %s (expected: object)".formatted(entry, json.kind()));
    }

    public String text(String name) throws SealedStateException {
        if (object.get(name).orElse(null) instanceof Json.Text text) {
            return text.value();
        }
        throw wrong(name, "a string");
    }

    public long integer(String name) throws SealedStateException {
        if (object.get(name).orElse(null) instanceof Json.Int integer) {
            return integer.value();
        }
        throw wrong(name, "an integer");
    }

    public Json.Arr array(String name) throws SealedStateException {
        if (object.get(name).orElse(null) instanceof Json.Arr array) {
            return array;
        }
        throw wrong(name, "an array");
    }

    public URI uri(String name) throws SealedStateException {
        try {
            return URI.create(text(name));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "a URI");
        }
    }

    public Instant instant(String name) throws SealedStateException {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw wrong(name, "an instant");
        }
    }

    /** The fault of a field that is not what this version seals. */
    public SealedStateException wrong(String name, String expected) {
        return new SealedStateException(
                "%s.%s: unreadable (expected: %s)".formatted(entry, name, expected));
    }
}
