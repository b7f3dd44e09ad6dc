package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * The values that one measurement may have, as a manifest lists them ({@code Resource} of type
 * {@code Measurement}, with one attribute {@code Hash0}, {@code Hash1}… an alternative).
 *
 * @param index of the measurement, counted from 0: a report counts from 1
 * @param isActive whether the manifest says anything of it
 * @param values each of the manifest's size
 */
record Golden(int index, boolean isActive, List<Octets> values) {
    static final String HASHES = "http://www.w3.org/2001/04/xmlenc#sha384";
    static final int INDEX_MAX = 253;

    private static final int ALTERNATIVES_MAX = 64;
    private static final int SIZE_BYTES_MAX = 64;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})++");

    Golden {
        values = List.copyOf(values);
    }

    static Golden read(Element resource) throws MalformedException {
        String type = resource.getAttribute("type");
        if (!type.equals("Measurement")) {
            throw new MalformedException(Fault.quoted("resource type", type, "Measurement"));
        }
        int index = number(resource, "index", 0, INDEX_MAX);
        int size = number(resource, "size", 1, SIZE_BYTES_MAX);
        int alternatives = number(resource, "alternatives", 1, ALTERNATIVES_MAX);
        return new Golden(index, active(resource), values(resource, index, alternatives, size));
    }

    private static int number(Element resource, String name, int min, int max)
            throws MalformedException {
        String text = resource.getAttribute(name);
        int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw new MalformedException(
                    Fault.quoted(
                            "resource " + name, text, "a number of %d to %d".formatted(min, max)));
        }
        return number;
    }

    private static boolean active(Element resource) throws MalformedException {
        String text = resource.getAttribute("active");
        return switch (text) {
            case "True", "true" -> true;
            case "False", "false" -> false;
            default ->
                    throw new MalformedException(
                            Fault.quoted("resource active", text, "True or False"));
        };
    }

    private static List<Octets> values(Element resource, int index, int alternatives, int size)
            throws MalformedException {
        List<Octets> values = new ArrayList<>();
        for (int i = 0; i < alternatives; i++) {
            String hash = resource.getAttributeNS(HASHES, "Hash" + i);
            if (hash.length() != 2 * size || !HEX.matcher(hash).matches()) {
                throw new MalformedException(
                        Fault.quoted(
                                "resource %d Hash%d".formatted(index, i),
                                hash,
                                "%d bytes in hexadecimal, in namespace %s"
                                        .formatted(size, HASHES)));
            }
            values.add(Octets.of(HexFormat.of().parseHex(hash)));
        }
        if (resource.hasAttributeNS(HASHES, "Hash" + alternatives)) {
            throw new MalformedException(
                    "resource " + index, "more hashes", alternatives + " alternatives");
        }
        return values;
    }

    /** Whether a report's value is one of these; an absent one is none. */
    boolean allows(Optional<Octets> measured) {
        return measured.isPresent() && values.contains(measured.get());
    }
}
