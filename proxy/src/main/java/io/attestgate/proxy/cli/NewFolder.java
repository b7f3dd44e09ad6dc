package io.attestgate.proxy.cli;

import io.attestgate.wire.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A folder that is there whole or not at all: written beside its place, and then moved there.
 *
 * @param option that names it, for messages
 */
record NewFolder(String option, Path path) {

    /** A place where nothing is yet. */
    static NewFolder at(String option, Path path) throws CommandException {
        NewFolder folder = new NewFolder(option, path);
        if (Files.exists(path)) {
            throw folder.refused("a folder that is not there yet");
        }
        return folder;
    }

    /** Writes the files by their names, which are plain. */
    void write(SortedMap<String, byte[]> files) throws CommandException {
        try {
            Path partial = Files.createTempDirectory(parent(), path.getFileName() + ".partial");
            try {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    Files.write(partial.resolve(file.getKey()), file.getValue());
                }
                Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                remove(partial);
            }
        } catch (IOException e) {
            throw refused("a new folder that can be written: " + e.getMessage());
        }
    }

    private Path parent() {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    /** What is left of a folder that could not be moved. */
    private static void remove(Path partial) throws IOException {
        if (!Files.isDirectory(partial)) {
            return;
        }
        List<Path> left;
        try (Stream<Path> entries = Files.list(partial)) {
            left = entries.toList();
        }
        for (Path entry : left) {
            Files.delete(entry);
        }
        Files.delete(partial);
    }

    private CommandException refused(String rule) {
        return new CommandException(Fault.quoted(option, path.toString(), rule).toString());
    }
}
