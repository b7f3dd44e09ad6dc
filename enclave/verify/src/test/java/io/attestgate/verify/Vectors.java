package io.attestgate.verify;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The vectors that src/test/python/make_vectors.py writes. */
public final class Vectors {
    private static final int SIZE_BYTES_MAX = 1024 * 1024;

    private Vectors() {}

    /** The whole file. */
    public static Json read(String name) {
        try (InputStream in =
                Objects.requireNonNull(Vectors.class.getResourceAsStream("vectors/" + name))) {
            return JsonReader.parse(in.readAllBytes(), SIZE_BYTES_MAX).toOptional().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of an array. */
    public static List<Json.Obj> rows(Json array) {
        return ((Json.Arr) array).elements().stream().map(row -> (Json.Obj) row).toList();
    }

    /** The objects of an array in a member. */
    public static List<Json.Obj> rows(Json object, String name) {
        return rows(((Json.Obj) object).get(name).orElseThrow());
    }

    public static List<String> texts(Json.Obj row, String name) {
        return ((Json.Arr) row.get(name).orElseThrow())
                .elements().stream().map(text -> ((Json.Text) text).value()).toList();
    }

    /** A member that is text; empty if it is absent or null. */
    public static Optional<String> textIn(Json.Obj row, String name) {
        return row.get(name)
                .flatMap(
                        value ->
                                value instanceof Json.Text text
                                        ? Optional.of(text.value())
                                        : Optional.empty());
    }

    public static String text(Json.Obj row, String name) {
        return textIn(row, name).orElseThrow();
    }

    public static Hash32 hash(Json.Obj row, String name) {
        return Hash32.parse(text(row, name)).orElseThrow();
    }

    public static byte[] hex(Json.Obj row, String name) {
        return Hex.parse(text(row, name)).orElseThrow();
    }

    public static byte[] base64(Json.Obj row, String name) {
        return Base64Url.parse(text(row, name)).orElseThrow();
    }
}
