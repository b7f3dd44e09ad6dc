package io.attestgate.attest.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A real directory, readable by its owner alone. */
public final class DirectoryDisk implements Disk {
    private static final Set<PosixFilePermission> OWNER_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE =
            PosixFilePermissions.fromString("rw-------");

    private final Path directory;

    private DirectoryDisk(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory if it is not there. */
    public static DirectoryDisk open(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
        return new DirectoryDisk(directory);
    }

    @Override
    public Optional<byte[]> read(String name, int sizeBytesMax) throws IOException {
        Path file = at(name);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // To open a pipe is to wait for whoever writes to it, for ever and uninterrupted.
            throw new IOException("%s: no regular file (expected: one, or none)".formatted(name));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(sizeBytesMax + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        try (FileChannel file =
                FileChannel.open(
                        at(name),
                        Set.of(CREATE, TRUNCATE_EXISTING, WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER_FILE))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                int written = file.write(rest);
                assert written > 0;
            }
        }
    }

    @Override
    public void sync(String name) throws IOException {
        force(at(name), WRITE);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Path renamed = Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE);
        assert renamed.equals(at(to));
    }

    @Override
    public void delete(String name) throws IOException {
        boolean deleted = Files.deleteIfExists(at(name));
        assert deleted || !Files.exists(at(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void syncNames() throws IOException {
        force(directory, READ);
    }

    @Override
    public SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    private static void force(Path path, OpenOption mode) throws IOException {
        try (FileChannel file = FileChannel.open(path, mode)) {
            file.force(true);
        }
    }

    private Path at(String name) {
        if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "name: \"%s\" (expected: a plain file name)".formatted(name));
        }
        return directory.resolve(name);
    }
}
