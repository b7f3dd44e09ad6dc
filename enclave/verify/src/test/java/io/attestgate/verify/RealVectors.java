package io.attestgate.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/**
 * Evidence of real hardware, which is no part of this project: the folder that the property {@code
 * attestgate.vectors} names, by default {@code ../shared/vectors} beside the repository. Where it
 * is absent, tests that ask for it are skipped and say so.
 */
public final class RealVectors {
    private static final Path FOLDER =
            Path.of(
                    System.getProperty(
                            "attestgate.vectors",
                            Path.of(System.getProperty("attestgate.root", "../.."))
                                    .resolve("../shared/vectors")
                                    .toString()));

    private RealVectors() {}

    /** Skips the test that asks where the vectors are absent. */
    public static void require() {
        Assumptions.assumeTrue(
                Files.isDirectory(FOLDER.resolve("tee")),
                "SKIPPED, no real vectors: attestgate.vectors: " + FOLDER);
    }

    /**
     * Says in the log that a vector was accepted as it must be; {@code ./test} adds these up.
     *
     * @param kind as the evidence kinds are named
     */
    public static void accepted(String kind, String vector) {
        tell(kind, "accepted", vector);
    }

    /** Says in the log that a vector was refused as it must be, and by which check. */
    public static void refused(String kind, String vector, Object check) {
        tell(kind, "refused", vector + ", " + check);
    }

    private static void tell(String kind, String verdict, String vector) {
        System.out.printf("real vector: %s %s: %s%n", kind, verdict, vector);
    }

    /** A file below {@code tee}; hexadecimal is decoded if its name ends in {@code .hex}. */
    public static byte[] read(String name) {
        try {
            byte[] bytes = Files.readAllBytes(path(name));
            return name.endsWith(".hex")
                    ? HexFormat.of().parseHex(new String(bytes, StandardCharsets.US_ASCII).strip())
                    : bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a file or folder below {@code tee} is. */
    public static Path path(String name) {
        return FOLDER.resolve("tee").resolve(name);
    }

    /** Several files together, by their whole names. */
    public static SortedMap<String, byte[]> files(Iterable<String> names) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        names.forEach(name -> files.put(name, read(name)));
        return files;
    }
}
