package io.attestgate.attest.seal;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole of a store after one commit: which blob each entry names.
 *
 * @param number of the commit, from 1; 0 is the store that was never written
 * @param registerBefore what the trusted register held before this commit
 * @param entries at most {@link #ENTRIES_MAX}
 */
record Manifest(long number, Hash32 registerBefore, SortedMap<Entry, Entry.Blob> entries) {
    static final int ENTRIES_MAX = 16_384;

    /** Room for that many entries with the longest names. */
    static final int SIZE_BYTES_MAX = 8 * 1024 * 1024;

    Manifest {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** The store that was never written, under a register that was never extended. */
    static Manifest empty(Hash32 register) {
        return new Manifest(0, register, new TreeMap<>());
    }

    byte[] toBytes() {
        return CanonicalJson.write(
                Json.object(
                        "number",
                        number,
                        "registerBefore",
                        Base64Url.write(registerBefore.bytes()),
                        "entries",
                        new Json.Arr(
                                entries.entrySet().stream()
                                        .<Json>map(e -> json(e.getKey(), e.getValue()))
                                        .toList())));
    }

    private static Json json(Entry entry, Entry.Blob blob) {
        return Json.object(
                "purpose", entry.purpose().value(),
                "name", entry.name(),
                "version", blob.version(),
                "hash", Base64Url.write(blob.hash().bytes()));
    }

    /**
     * Reads what {@link #toBytes} wrote. These bytes were sealed by this code, so anything else is
     * a bug and throws.
     */
    static Manifest parse(byte[] json) {
        Json.Obj object = object(JsonReader.parse(json, SIZE_BYTES_MAX).toOptional());
        SortedMap<Entry, Entry.Blob> entries = new TreeMap<>();
        for (Json element : ((Json.Arr) object.get("entries").orElseThrow()).elements()) {
            Json.Obj entry = object(Optional.of(element));
            entries.put(
                    new Entry(new Purpose(text(entry, "purpose")), text(entry, "name")),
                    new Entry.Blob(number(entry, "version"), hash(entry, "hash")));
        }
        return new Manifest(number(object, "number"), hash(object, "registerBefore"), entries);
    }

    private static Json.Obj object(Optional<Json> json) {
        return (Json.Obj) json.orElseThrow();
    }

    private static String text(Json.Obj object, String name) {
        return ((Json.Text) object.get(name).orElseThrow()).value();
    }

    private static long number(Json.Obj object, String name) {
        return ((Json.Int) object.get(name).orElseThrow()).value();
    }

    private static Hash32 hash(Json.Obj object, String name) {
        return Hash32.of(Base64Url.parse(text(object, name)).orElseThrow());
    }
}
