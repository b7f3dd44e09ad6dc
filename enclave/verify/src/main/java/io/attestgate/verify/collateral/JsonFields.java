package io.attestgate.verify.collateral;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The members of a JSON object of a vendor, each with the rule it must keep. Members that nobody
 * asks for are passed over: vendors add some.
 */
public final class JsonFields {
    private final String path;
    private final Json.Obj object;

    private JsonFields(String path, Json.Obj object) {
        this.path = path;
        this.object = object;
    }

    /** An object's members; its path is for messages. */
    public static JsonFields of(String path, Json json) throws MalformedException {
        if (json instanceof Json.Obj object) {
            return new JsonFields(path, object);
        }
        throw new MalformedException(Fault.of(path, json, "an object"));
    }

    public boolean has(String name) {
        return object.get(name).isPresent();
    }

    public String text(String name) throws MalformedException {
        if (member(name) instanceof Json.Text text) {
            return text.value();
        }
        throw fault(name, "a text");
    }

    /** A whole number of 0 to {@code max}. */
    public int number(String name, int max) throws MalformedException {
        if (member(name) instanceof Json.Int number
                && number.value() >= 0
                && number.value() <= max) {
            return (int) number.value();
        }
        throw fault(name, "an integer of 0 to " + max);
    }

    /** A whole number of 32 bits, unsigned. */
    public long uint32(String name) throws MalformedException {
        if (member(name) instanceof Json.Int number && number.value() >>> Integer.SIZE == 0) {
            return number.value();
        }
        throw fault(name, "an integer of 0 to 2^32 - 1");
    }

    /** Bytes in hexadecimal of either case. */
    public Octets octets(String name, int sizeBytes) throws MalformedException {
        String text = text(name);
        return hex(text)
                .filter(bytes -> bytes.length == sizeBytes)
                .map(Octets::of)
                .orElseThrow(
                        () ->
                                new MalformedException(
                                        Fault.quoted(
                                                path + "." + name,
                                                text,
                                                sizeBytes + " bytes in hexadecimal")));
    }

    /** Hexadecimal of either case; empty for any other text. */
    public static Optional<byte[]> hex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An instant of RFC 3339. */
    public Instant instant(String name) throws MalformedException {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedException(
                    Fault.quoted(path + "." + name, text, "an instant (RFC 3339)"));
        }
    }

    public JsonFields object(String name) throws MalformedException {
        return of(path + "." + name, member(name));
    }

    /** The objects of an array. */
    public List<JsonFields> objects(String name, int countMax) throws MalformedException {
        List<JsonFields> objects = new ArrayList<>();
        for (Json element : elements(name, countMax)) {
            objects.add(of("%s.%s[%d]".formatted(path, name, objects.size()), element));
        }
        return objects;
    }

    /** The texts of an array; none if it is absent. */
    public List<String> texts(String name, int countMax) throws MalformedException {
        List<String> texts = new ArrayList<>();
        for (Json element : has(name) ? elements(name, countMax) : List.<Json>of()) {
            if (!(element instanceof Json.Text text)) {
                throw fault(name, "an array of texts");
            }
            texts.add(text.value());
        }
        return texts;
    }

    private List<Json> elements(String name, int countMax) throws MalformedException {
        if (member(name) instanceof Json.Arr array && array.elements().size() <= countMax) {
            return array.elements();
        }
        throw fault(name, "an array of at most " + countMax);
    }

    /** What this member breaks, as an exception to throw. */
    public MalformedException fault(String name, String expected) {
        String member = path + "." + name;
        return new MalformedException(
                object.get(name)
                        .map(value -> Fault.of(member, value, expected))
                        .orElseGet(() -> new Fault(member, "absent", expected)));
    }

    /** A member of whatever kind. */
    public Json member(String name) throws MalformedException {
        return object.get(name).orElseThrow(() -> fault(name, "a member"));
    }
}
