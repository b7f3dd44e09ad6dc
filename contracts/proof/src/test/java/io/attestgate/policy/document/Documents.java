package io.attestgate.policy.document;

import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two full documents of the tests, and changes to them by JSON path. */
public final class Documents {
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_-]+)|\\[(\\d+)]");

    private Documents() {}

    public static Json domain() {
        return json("domain.json");
    }

    public static Json gateway() {
        return json("gateway.json");
    }

    public static Json parse(String text) {
        return JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), 1 << 20)
                .toOptional()
                .orElseThrow();
    }

    /** {@code document} with the value at {@code path} replaced, or removed where there is none. */
    public static Json with(Json document, String path, Optional<Json> value) {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            steps.add(step.group(1) != null ? step.group(1) : step.group(2));
        }
        return with(document, steps, value).orElseThrow();
    }

    public static Json with(Json document, String path, String value) {
        return with(document, path, Optional.of(parse(value)));
    }

    public static byte[] bytes(Json document) {
        return CanonicalJson.write(document);
    }

    private static Optional<Json> with(Json in, List<String> steps, Optional<Json> value) {
        if (steps.isEmpty()) {
            return value;
        }
        List<String> rest = steps.subList(1, steps.size());
        if (in instanceof Json.Arr array) {
            int index = Integer.parseInt(steps.getFirst());
            List<Json> elements = new ArrayList<>(array.elements());
            elements.set(index, with(elements.get(index), rest, value).orElseThrow());
            return Optional.of(new Json.Arr(elements));
        }
        Map<String, Json> members = new LinkedHashMap<>(((Json.Obj) in).members());
        Json member = members.getOrDefault(steps.getFirst(), new Json.Obj(Map.of()));
        members.remove(steps.getFirst());
        with(member, rest, value).ifPresent(changed -> members.put(steps.getFirst(), changed));
        return Optional.of(new Json.Obj(members));
    }

    private static Json json(String resource) {
        return parse(text(resource));
    }

    static String text(String resource) {
        try (InputStream in =
                Objects.requireNonNull(Documents.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
