package io.attestgate.attest.tpm;

import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The versions that the operator would like to start: a line each, {@code 0x} and SHA-256 of the
 * values that the chosen PCRs will hold, in the order of their numbers.
 *
 * <p>He is believed in nothing: the proven registry is asked about the measurement that follows
 * from each line.
 */
final class OfferedVersions {
    static final int VERSIONS_MAX = 16;

    static final int SIZE_BYTES_MAX = 2 * 1024;

    private OfferedVersions() {}

    static SortedSet<Hash32> parse(byte[] file) throws TpmException {
        List<String> lines = new String(file, StandardCharsets.US_ASCII).lines().toList();
        if (file.length > SIZE_BYTES_MAX || lines.size() > VERSIONS_MAX) {
            throw damaged(
                    "%d lines, %d bytes".formatted(lines.size(), file.length),
                    "at most %d lines".formatted(VERSIONS_MAX));
        }
        SortedSet<Hash32> versions = new TreeSet<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = "line " + (at + 1);
            Hash32 version =
                    Hash32.parse(lines.get(at))
                            .orElseThrow(
                                    () ->
                                            damaged(
                                                    line + " of another form",
                                                    "0x and 64 lower-case digits"));
            versions.add(version);
        }
        return versions;
    }

    private static TpmException damaged(String found, String expected) {
        return TpmException.of(
                TpmException.Reason.DAMAGED, "file " + StateFiles.NEXT, found, expected);
    }
}
