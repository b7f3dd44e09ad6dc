package io.attestgate.verify.collateral;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts by name, from one file: a JSON object, of whose members only those that are texts count, or
 * YAML of the one form {@code name: |-} with indented lines, as public tools write bundles.
 */
public final class NamedTexts {
    private static final Pattern JSON_NAME = Pattern.compile("\"([a-z0-9_]{1,64})\"\\s*+:");
    private static final Pattern YAML_NAME = Pattern.compile("([a-z_]{1,64}): \\|-?");

    private NamedTexts() {}

    /**
     * Empty if the file has neither form.
     *
     * @param known the names that its reader asks for: with one of them, it is his
     * @throws MalformedException if it begins as a JSON object, has a known name, and is broken: a
     *     bundle that was cut is not to be passed over as somebody else's file
     */
    public static Optional<Map<String, String>> parse(byte[] file, Set<String> known)
            throws MalformedException {
        String text = new String(file, StandardCharsets.UTF_8);
        if (!text.stripLeading().startsWith("{")) {
            return yaml(text);
        }
        return switch (JsonReader.parse(file, Bundle.FILE_BYTES_MAX)) {
            case Parsed.Good<Json> good ->
                    good.value() instanceof Json.Obj object
                            ? Optional.of(texts(object))
                            : Optional.empty();
            case Parsed.Bad<Json> bad when hasOneOf(known, text) ->
                    throw new MalformedException(bad.faults().getFirst());
            case Parsed.Bad<Json> bad -> Optional.empty();
        };
    }

    private static boolean hasOneOf(Set<String> known, String text) {
        return JSON_NAME.matcher(text).results().anyMatch(name -> known.contains(name.group(1)));
    }

    private static Map<String, String> texts(Json.Obj object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.members()
                .forEach(
                        (name, value) -> {
                            if (value instanceof Json.Text text) {
                                texts.put(name, text.value());
                            }
                        });
        return texts;
    }

    private static Optional<Map<String, String>> yaml(String text) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        StringBuilder current = new StringBuilder();
        for (String line : text.lines().toList()) {
            Matcher name = YAML_NAME.matcher(line);
            if (name.matches()) {
                current = new StringBuilder();
                texts.put(name.group(1), current);
            } else if (texts.isEmpty() || !(line.isBlank() || line.startsWith(" "))) {
                return Optional.empty();
            } else {
                current.append(current.isEmpty() ? "" : "\n").append(line.strip());
            }
        }
        Map<String, String> whole = new LinkedHashMap<>();
        texts.forEach((name, value) -> whole.put(name, value.toString().strip()));
        return texts.isEmpty() ? Optional.empty() : Optional.of(whole);
    }
}
