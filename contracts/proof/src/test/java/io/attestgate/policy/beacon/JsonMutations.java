package io.attestgate.policy.beacon;

import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every message that differs from one in a single value: each byte of hex with one bit flipped
 * (first, middle and last where a value is long and the count is bounded), each decimal one off,
 * each name and element left out.
 */
final class JsonMutations {
    /** Of keys and siblings only some elements are touched; they are all alike. */
    private static final int ELEMENTS_MAX = 8;

    private JsonMutations() {}

    /**
     * A message with one difference.
     *
     * @param path of what differs
     */
    record Mutated(String path, Json message) {}

    static List<Mutated> of(Json message) {
        return of("$", message);
    }

    private static List<Mutated> of(String path, Json value) {
        return switch (value) {
            case Json.Obj object -> ofObject(path, object);
            case Json.Arr array -> ofArray(path, array);
            case Json.Text text -> ofText(path, text.value());
            default -> throw new AssertionError(path + ": " + value);
        };
    }

    private static List<Mutated> ofObject(String path, Json.Obj object) {
        List<Mutated> all = new ArrayList<>();
        object.members()
                .forEach(
                        (name, member) -> {
                            String at = path + "." + name;
                            all.add(new Mutated(at + " left out", without(object, name)));
                            for (Mutated one : of(at, member)) {
                                all.add(new Mutated(one.path(), with(object, name, one.message())));
                            }
                        });
        all.add(new Mutated(path + " with more", with(object, "more", new Json.Text("0x"))));
        return all;
    }

    private static List<Mutated> ofArray(String path, Json.Arr array) {
        List<Mutated> all = new ArrayList<>();
        List<Json> elements = array.elements();
        int step = Math.max(1, elements.size() / ELEMENTS_MAX);
        for (int i = 0; i < elements.size(); i += step) {
            for (Mutated one : of("%s[%d]".formatted(path, i), elements.get(i))) {
                List<Json> copy = new ArrayList<>(elements);
                copy.set(i, one.message());
                all.add(new Mutated(one.path(), new Json.Arr(copy)));
            }
        }
        all.add(
                new Mutated(
                        path + " shorter", new Json.Arr(elements.subList(0, elements.size() - 1))));
        List<Json> longer = new ArrayList<>(elements);
        longer.add(elements.getLast());
        all.add(new Mutated(path + " longer", new Json.Arr(longer)));
        List<Json> swapped = new ArrayList<>(elements);
        swapped.set(0, elements.getLast());
        swapped.set(elements.size() - 1, elements.getFirst());
        all.add(new Mutated(path + " swapped", new Json.Arr(swapped)));
        return all;
    }

    private static List<Mutated> ofText(String path, String text) {
        List<Mutated> all = new ArrayList<>();
        if (text.startsWith("0x")) {
            int bytes = text.length() / 2 - 1;
            for (int at : bytes == 0 ? new int[0] : new int[] {0, bytes / 2, bytes - 1}) {
                for (int bit : new int[] {1, 8}) {
                    all.add(
                            new Mutated(
                                    "%s byte %d ^ %d".formatted(path, at, bit),
                                    new Json.Text(flipped(text, 3 + 2 * at, bit))));
                }
            }
            all.add(new Mutated(path + " longer", new Json.Text(text + "00")));
        } else if (text.matches("[0-9]+")) {
            long value = Long.parseUnsignedLong(text);
            all.add(new Mutated(path + " + 1", new Json.Text(Long.toUnsignedString(value + 1))));
            all.add(new Mutated(path + " - 1", new Json.Text(Long.toUnsignedString(value - 1))));
            all.add(new Mutated(path + " - 2^64", new Json.Text("-" + text)));
            all.add(new Mutated(path + " huge", new Json.Text(text + "0".repeat(30))));
        } else {
            for (String other : List.of("deneb", "electra", "fulu", "altair", "")) {
                all.add(new Mutated(path + " = " + other, new Json.Text(other)));
            }
        }
        return all;
    }

    /** Another lower digit of the byte. */
    private static String flipped(String hex, int at, int bit) {
        int digit = Character.digit(hex.charAt(at), 16) ^ bit;
        return hex.substring(0, at) + Character.forDigit(digit, 16) + hex.substring(at + 1);
    }

    private static Json.Obj without(Json.Obj object, String name) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.remove(name);
        return new Json.Obj(members);
    }

    private static Json.Obj with(Json.Obj object, String name, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new Json.Obj(members);
    }
}
