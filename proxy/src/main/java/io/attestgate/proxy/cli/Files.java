package io.attestgate.proxy.cli;

import io.attestgate.wire.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that the command line names. */
final class Files {
    private Files() {}

    /** All bytes of a small file. */
    static byte[] read(String name, Path file, int sizeBytesMax) throws CommandException {
        try (InputStream in = java.nio.file.Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(sizeBytesMax + 1);
            if (bytes.length > sizeBytesMax) {
                String rule = "at most %d bytes".formatted(sizeBytesMax);
                throw new CommandException(Fault.quoted(name, file.toString(), rule).toString());
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(name, file, e);
        }
    }

    static CommandException unreadable(String name, Path file, IOException e) {
        String rule =
                e instanceof NoSuchFileException
                        ? "a file that exists"
                        : "a readable file: " + e.getMessage();
        return new CommandException(Fault.quoted(name, file.toString(), rule).toString(), e);
    }
}
