package io.attestgate.verify.collateral;

import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts by name, from one file: a JSON object, of whose members only those that are texts count, or
 * YAML of the one form {@code name: |-} with indented lines, as public tools write bundles.
 */
public final class NamedTexts {
    private static final Pattern YAML_NAME = Pattern.compile("([a-z_]{1,64}): \\|-?");

    private NamedTexts() {}

    /** Empty if the file has neither form. */
    public static Optional<Map<String, String>> parse(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        return text.stripLeading().startsWith("{") ? json(file) : yaml(text);
    }

    private static Optional<Map<String, String>> json(byte[] file) {
        return JsonReader.parse(file, Bundle.FILE_BYTES_MAX) instanceof Parsed.Good<Json> good
                        && good.value() instanceof Json.Obj object
                ? Optional.of(texts(object))
                : Optional.empty();
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
