package io.attestgate.verify.collateral;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Collateral as somebody brought it: files by name, which each kind of evidence recognises by what
 * is in them (docs/evidence-dcap.md, collateral). Nothing in it is trusted before it is verified.
 *
 * @param files at most {@link #FILES_MAX}, each at most {@link #FILE_BYTES_MAX}
 */
public record Bundle(SortedMap<String, byte[]> files) {
    /** Every document of a vendor for a fleet of several platforms. */
    public static final int FILES_MAX = 256;

    /** The largest known bundle in one file has 20 KiB. */
    public static final int FILE_BYTES_MAX = 1024 * 1024;

    public Bundle {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        if (files.size() > FILES_MAX
                || files.values().stream().anyMatch(file -> file.length > FILE_BYTES_MAX)) {
            throw new IllegalArgumentException(
                    "files: %d (expected: at most %d, each at most %d bytes)"
                            .formatted(files.size(), FILES_MAX, FILE_BYTES_MAX));
        }
    }

    /** Without any file: for evidence that needs no collateral. */
    public static Bundle empty() {
        return new Bundle(new TreeMap<>());
    }

    /** This without those files. */
    public Bundle without(Set<String> names) {
        SortedMap<String, byte[]> rest = new TreeMap<>(files);
        rest.keySet().removeAll(names);
        return new Bundle(rest);
    }

    /** This and another's files; what both have by one name must be the same. */
    public Parsed<Bundle> and(Bundle other) {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        for (Map.Entry<String, byte[]> file : other.files.entrySet()) {
            byte[] before = all.put(file.getKey(), file.getValue());
            if (before != null && !Arrays.equals(before, file.getValue())) {
                return Parsed.bad(
                        Fault.quoted("collateral", file.getKey(), "one content of each name"));
            }
        }
        return all.size() <= FILES_MAX
                ? Parsed.good(new Bundle(all))
                : Parsed.bad(
                        new Fault("collateral", all.size() + " files", "at most " + FILES_MAX));
    }

    /** One file. */
    public static Bundle of(String name, byte[] content) {
        SortedMap<String, byte[]> one = new TreeMap<>();
        one.put(name, content);
        return new Bundle(one);
    }

    /**
     * This with another's files, under names of their own; a fault if they are too many together.
     *
     * @param name in front of each of the other's names
     */
    public Parsed<Bundle> and(String name, Bundle other) {
        if (files.size() + other.files.size() > FILES_MAX) {
            int count = files.size() + other.files.size();
            return Parsed.bad(new Fault("collateral", count + " files", "at most 256 together"));
        }
        SortedMap<String, byte[]> both = new TreeMap<>(files);
        other.files.forEach((file, content) -> both.put(name + "/" + file, content));
        return Parsed.good(new Bundle(both));
    }

    /**
     * Reads a file, or the files of a folder without those of its folders.
     *
     * @throws IOException if it cannot be read
     */
    public static Parsed<Bundle> read(Path path) throws IOException {
        List<Path> paths = filesOf(path);
        if (paths.size() > FILES_MAX) {
            return Parsed.bad(exceeded(path, FILES_MAX + " files"));
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Path file : paths) {
            byte[] content = content(file);
            if (content.length > FILE_BYTES_MAX) {
                return Parsed.bad(exceeded(file, FILE_BYTES_MAX + " bytes"));
            }
            files.put(String.valueOf(file.getFileName()), content);
        }
        return Parsed.good(new Bundle(files));
    }

    /** Reads one file's content. */
    @FunctionalInterface
    public interface FileReader {

        /** Takes what it recognises, and passes over what has no form that it knows. */
        void read(byte[] content) throws MalformedException;
    }

    /** Reads every file, in the order of their names; the first fault names its file. */
    public Optional<Fault> readEach(FileReader reader) {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            try {
                reader.read(file.getValue());
            } catch (MalformedException e) {
                String path = "collateral " + file.getKey() + ": " + e.fault().path();
                return Optional.of(new Fault(path, e.fault().found(), e.fault().expected()));
            }
        }
        return Optional.empty();
    }

    /** How far beyond is not known: neither is read further. */
    private static Fault exceeded(Path path, String bound) {
        return new Fault("collateral " + path, "more than " + bound, "at most " + bound);
    }

    private static List<Path> filesOf(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isRegularFile).limit(FILES_MAX + 1L).sorted().toList();
        }
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(FILE_BYTES_MAX + 1);
        }
    }
}
