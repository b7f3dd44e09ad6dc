package io.attestgate.policy.proof;

import io.attestgate.peer.Peer;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real vectors of chain reads; its tests require the peer {@code vectors}. */
final class ChainVectors {
    private static final int SIZE_BYTES_MAX = 1 << 24;

    private ChainVectors() {}

    static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(path(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Json.Obj json(String file) {
        return parsed(bytes(file));
    }

    /** The result that an {@code .io} file of execution-apis prescribes. */
    static Json result(String file) {
        String text = new String(bytes(file), StandardCharsets.UTF_8);
        String answer =
                text.lines().filter(line -> line.startsWith("<< ")).findFirst().orElseThrow();
        return member(parsed(answer.substring(3).getBytes(StandardCharsets.UTF_8)), "result");
    }

    static Json member(Json object, String name) {
        return ((Json.Obj) object).get(name).orElseThrow();
    }

    static String text(Json object, String name) {
        return ((Json.Text) member(object, name)).value();
    }

    static List<Path> folder(String folder) {
        try (var files = Files.list(path(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String file) {
        return Peer.VECTORS.require().resolve("chain").resolve(file);
    }

    private static Json.Obj parsed(byte[] bytes) {
        return (Json.Obj) JsonReader.parse(bytes, SIZE_BYTES_MAX).toOptional().orElseThrow();
    }
}
