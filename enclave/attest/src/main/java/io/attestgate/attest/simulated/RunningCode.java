package io.attestgate.attest.simulated;

import static java.util.jar.Attributes.Name.CLASS_PATH;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * The digest of the code that runs: SHA-256 over the lines {@code sha256 name\n} of the class
 * path's jars, sorted by name.
 *
 * <p>Jars that a jar's own manifest names ({@code Class-Path}) are on the class path and count. A
 * class directory, as a build tool's tests have it, counts as one line whose hash is made in the
 * same way from its files' relative paths.
 */
final class RunningCode {
    private RunningCode() {}

    /** Of this process. */
    static Hash32 digest() throws IOException {
        return digest(classPath(System.getProperty("java.class.path", "")));
    }

    /** Of these jars and directories. */
    static Hash32 digest(Set<Path> classPath) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Path entry : classPath) {
            String name = entry.getFileName().toString();
            lines.add(
                    Files.isDirectory(entry)
                            ? new Line(directory(entry), name)
                            : new Line(file(entry), name));
        }
        return Line.digest(lines);
    }

    private static Hash32 directory(Path directory) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            lines.add(new Line(file(file), directory.relativize(file).toString()));
        }
        return Line.digest(lines);
    }

    private static Hash32 file(Path file) throws IOException {
        return Hash32.of(Digests.sha256(Files.readAllBytes(file)));
    }

    /** What exists of a class path and of the class paths of its jars, each once. */
    static Set<Path> classPath(String classPath) throws IOException {
        Deque<Path> left = new ArrayDeque<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            left.add(Path.of(entry.isEmpty() ? "." : entry));
        }
        Set<Path> all = new LinkedHashSet<>();
        while (!left.isEmpty()) {
            Path entry = left.removeFirst();
            if (Files.exists(entry) && all.add(entry.toRealPath())) {
                left.addAll(named(entry.toRealPath()));
            }
        }
        return Collections.unmodifiableSet(all);
    }

    private static List<Path> named(Path jar) throws IOException {
        if (Files.isDirectory(jar)) {
            return List.of();
        }
        try (JarFile opened = new JarFile(jar.toFile(), false)) {
            return Optional.ofNullable(opened.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(CLASS_PATH))
                    .map(names -> resolved(jar, names))
                    .orElse(List.of());
        } catch (ZipException e) {
            return List.of(); // On the class path, but no jar: Java loads nothing from it either.
        }
    }

    private static List<Path> resolved(Path jar, String names) {
        return Arrays.stream(names.strip().split("\\s+"))
                .map(name -> Path.of(jar.toUri().resolve(URI.create(name))))
                .toList();
    }

    /** One line of what is hashed. */
    private record Line(Hash32 hash, String name) implements Comparable<Line> {

        static Hash32 digest(List<Line> lines) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            lines.stream().sorted().forEach(line -> all.writeBytes(line.toBytes()));
            return Hash32.of(Digests.sha256(all.toByteArray()));
        }

        private byte[] toBytes() {
            return "%s %s\n"
                    .formatted(HexFormat.of().formatHex(hash.bytes()), name)
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int compareTo(Line other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : hash.compareTo(other.hash);
        }
    }
}
