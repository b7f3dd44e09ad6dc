package io.attestgate.demo;

import io.attestgate.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one run: logs, the bootstrap file, the sealed state. Its chain does not outlive it.
 */
final class DemoFolder {
    private DemoFolder() {}

    static Path create() throws DemoException {
        try {
            Path parent = Files.createDirectories(Peer.root().resolve(".cache/demo"));
            return Files.createTempDirectory(parent, "run-");
        } catch (IOException e) {
            throw new DemoException("folder of this run", e);
        }
    }

    static void remove(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException gone) {
            // What cannot be removed is in the cache folder, where it harms nobody.
        }
    }
}
