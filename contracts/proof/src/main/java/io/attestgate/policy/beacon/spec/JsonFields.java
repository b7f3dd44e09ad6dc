package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A container's fields from the Beacon API's JSON: every field there, none besides; whole numbers
 * as decimal strings, bytes as lower-case hex.
 */
final class JsonFields implements Fields {
    /** The digits of 2^256 - 1. */
    private static final int DIGITS_MAX = 78;

    private final String path;
    private final Json.Obj object;
    private int taken;

    private JsonFields(String path, Json.Obj object) {
        this.path = path;
        this.object = object;
    }

    static JsonFields of(String path, Json json) throws Malformed {
        if (json instanceof Json.Obj object) {
            return new JsonFields(path, object);
        }
        throw new Malformed(path, json.kind(), "an object");
    }

    @Override
    public long uint64(String name) throws Malformed {
        return decimal(name, Long.SIZE).longValue();
    }

    @Override
    public ByteString uint256(String name) throws Malformed {
        byte[] bigEndian = decimal(name, 256).toByteArray();
        byte[] littleEndian = new byte[32];
        for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
            littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return ByteString.of(littleEndian);
    }

    @Override
    public ByteString bytes(String name, int sizeBytes) throws Malformed {
        return hex(at(name), next(name), sizeBytes, sizeBytes);
    }

    @Override
    public ByteString list(String name, int sizeBytesMax) throws Malformed {
        return hex(at(name), next(name), 0, sizeBytesMax);
    }

    @Override
    public List<ByteString> vectors(String name, int count, int sizeBytes) throws Malformed {
        Json next = next(name);
        if (!(next instanceof Json.Arr(List<Json> elements)) || elements.size() != count) {
            String found =
                    next instanceof Json.Arr(List<Json> wrong)
                            ? wrong.size() + " elements"
                            : next.kind();
            throw new Malformed(at(name), found, "an array of " + count);
        }
        List<ByteString> vectors = new ArrayList<>();
        for (Json element : elements) {
            vectors.add(hex(at(name) + "[" + vectors.size() + "]", element, sizeBytes, sizeBytes));
        }
        return vectors;
    }

    @Override
    public Fields container(String name, Layout layout) throws Malformed {
        return of(at(name), next(name));
    }

    @Override
    public void end() throws Malformed {
        if (taken != object.members().size()) {
            throw new Malformed(
                    path, object.members().size() + " fields", "these " + taken + " alone");
        }
    }

    @Override
    public String path() {
        return path;
    }

    private String at(String name) {
        return path + "." + name;
    }

    private Json next(String name) throws Malformed {
        Optional<Json> member = object.get(name);
        if (member.isEmpty()) {
            throw new Malformed(at(name), "nothing", "a field of this container");
        }
        taken++;
        return member.get();
    }

    private BigInteger decimal(String name, int bitsMax) throws Malformed {
        String text = text(at(name), next(name));
        if (text.length() <= DIGITS_MAX && text.matches("0|[1-9][0-9]*")) {
            BigInteger value = new BigInteger(text);
            if (value.bitLength() <= bitsMax) {
                return value;
            }
        }
        throw new Malformed(
                Fault.quoted(at(name), text, "a decimal number of at most " + bitsMax + " bits"));
    }

    private static ByteString hex(String path, Json json, int sizeMin, int sizeMax)
            throws Malformed {
        String text = text(path, json);
        Optional<ByteString> bytes =
                text.length() <= 2 + 2 * sizeMax ? ByteString.parse(text) : Optional.empty();
        if (bytes.isEmpty() || bytes.get().size() < sizeMin) {
            String expected = sizeMin == sizeMax ? "" + sizeMax : "at most " + sizeMax;
            throw new Malformed(Fault.quoted(path, text, expected + " bytes in lower-case hex"));
        }
        return bytes.get();
    }

    private static String text(String path, Json json) throws Malformed {
        if (json instanceof Json.Text(String text)) {
            return text;
        }
        throw new Malformed(path, json.kind(), "a string");
    }
}
