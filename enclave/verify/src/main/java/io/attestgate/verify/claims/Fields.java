package io.attestgate.verify.claims;

import io.attestgate.wire.Address;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of one JSON object of claims, read once each; none may be absent and none unknown.
 *
 * <p>Stops at the first fault: claims are written by machines, and one that errs is not read on.
 */
final class Fields {
    private final String path;
    private final Json.Obj object;
    private final Set<String> read = new HashSet<>();

    private Fields(String path, Json.Obj object) {
        this.path = path;
        this.object = object;
    }

    /** How one role is read from its fields. */
    interface Form<T> {
        T read(Fields fields) throws Malformed;
    }

    /** Reads canonical JSON of one role, all fields and no others. */
    static <T> Parsed<T> parse(Role role, byte[] bytes, Form<T> form) {
        return JsonReader.parseCanonical(bytes, Claims.SIZE_BYTES_MAX)
                .then(
                        json -> {
                            try {
                                Fields fields = of("$", json);
                                fields.role(role);
                                return Parsed.good(fields.all(form));
                            } catch (Malformed e) {
                                return Parsed.bad(e.fault);
                            }
                        });
    }

    private static Fields of(String path, Json json) throws Malformed {
        if (json instanceof Json.Obj object) {
            return new Fields(path, object);
        }
        throw new Malformed(new Fault(path, json.kind(), "object"));
    }

    private <T> T all(Form<T> form) throws Malformed {
        T value = form.read(this);
        for (String name : object.members().keySet()) {
            if (!read.contains(name)) {
                throw new Malformed(Fault.quoted(path, name, "no field of that name"));
            }
        }
        return value;
    }

    private void role(Role role) throws Malformed {
        String label = text("role");
        if (!Role.parse(label).equals(Optional.of(role))) {
            throw malformed("role", label, "\"" + role + "\"");
        }
    }

    String text(String name) throws Malformed {
        Json value = field(name);
        if (value instanceof Json.Text text) {
            return text.value();
        }
        throw new Malformed(new Fault(path + "." + name, value.kind(), "string"));
    }

    /** A whole number that is not negative. */
    long count(String name) throws Malformed {
        Json value = field(name);
        if (value instanceof Json.Int number && number.value() >= 0) {
            return number.value();
        }
        throw new Malformed(new Fault(path + "." + name, value.kind(), "integer of 0 to 2^53 - 1"));
    }

    /** 32 bytes that a chain knows: {@code 0x} and lower-case hexadecimal. */
    Hash32 chainHash(String name) throws Malformed {
        return parsed(name, Hash32::parse, "0x and 64 lower-case hexadecimal digits");
    }

    /** 32 bytes that no chain knows: base64url, unpadded. */
    Hash32 hash(String name) throws Malformed {
        return parsed(name, Fields::base64Hash, "32 bytes in base64url");
    }

    Optional<Hash32> hashOrNull(String name) throws Malformed {
        return isNull(name) ? Optional.empty() : Optional.of(hash(name));
    }

    Address address(String name) throws Malformed {
        return parsed(name, Address::parse, "0x and 40 lower-case hexadecimal digits");
    }

    Instant instant(String name) throws Malformed {
        return parsed(name, Seconds::parse, "RFC 3339, UTC, whole seconds");
    }

    Hostname host(String name) throws Malformed {
        return parsed(
                name,
                text -> Hostname.parse(text).filter(host -> host.value().equals(text)),
                "a host name in lower-case A-labels");
    }

    <T> T parsed(String name, Function<String, Optional<T>> parse, String expected)
            throws Malformed {
        String text = text(name);
        Optional<T> value = parse.apply(text);
        if (value.isPresent()) {
            return value.get();
        }
        throw malformed(name, text, expected);
    }

    <T> T object(String name, Form<T> form) throws Malformed {
        return of(path + "." + name, field(name)).all(form);
    }

    /** One to {@code countMax} objects, or null for none. */
    <T> List<T> objectsOrNull(String name, int countMax, Form<T> form) throws Malformed {
        if (isNull(name)) {
            return List.of();
        }
        Json value = field(name);
        if (!(value instanceof Json.Arr array)
                || array.elements().isEmpty()
                || array.elements().size() > countMax) {
            throw new Malformed(
                    new Fault(
                            path + "." + name,
                            value.kind(),
                            "null or an array of 1 to %d".formatted(countMax)));
        }
        List<T> values = new ArrayList<>();
        for (Json element : array.elements()) {
            String at = "%s.%s[%d]".formatted(path, name, values.size());
            values.add(of(at, element).all(form));
        }
        return List.copyOf(values);
    }

    /** A rule between fields that have been read. */
    void require(boolean holds, String name, String expected) throws Malformed {
        if (!holds) {
            throw malformed(name, text(name), expected);
        }
    }

    private boolean isNull(String name) throws Malformed {
        return field(name) instanceof Json.Null;
    }

    private Json field(String name) throws Malformed {
        read.add(name);
        Optional<Json> value = object.get(name);
        if (value.isPresent()) {
            return value.get();
        }
        throw new Malformed(new Fault(path + "." + name, "absent", "present"));
    }

    private Malformed malformed(String name, String found, String expected) {
        return new Malformed(Fault.quoted(path + "." + name, found, expected));
    }

    static Optional<Hash32> base64Hash(String text) {
        return Base64Url.parse(text).filter(b -> b.length == Hash32.SIZE_BYTES).map(Hash32::of);
    }

    /** What {@link #hash} reads. */
    static Json.Text json(Hash32 hash) {
        return new Json.Text(Base64Url.write(hash.bytes()));
    }

    /** What {@link #hashOrNull} reads. */
    static Json json(Optional<Hash32> hash) {
        return hash.<Json>map(Fields::json).orElse(new Json.Null());
    }

    /** Leaves the reading; never the package. */
    static final class Malformed extends Exception {
        private final transient Fault fault;

        Malformed(Fault fault) {
            super(fault.toString(), null, false, false);
            this.fault = fault;
        }
    }
}
