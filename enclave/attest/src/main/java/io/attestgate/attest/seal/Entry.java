package io.attestgate.attest.seal;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The key of one sealed thing: whose it is, and what it is called there.
 *
 * <p>In order of purpose, then name.
 */
record Entry(Purpose purpose, String name) implements Comparable<Entry> {
    private static final byte[] TYPE =
            "attestgate/sealed-blob/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int FILE_HEX_BYTES = 16;

    Entry {
        name = EntryName.required(name);
    }

    /**
     * What AES-GCM binds the blob to, so that none can stand in for another or for an older one.
     */
    byte[] associated(long version) {
        byte[] id = id();
        return ByteBuffer.allocate(TYPE.length + id.length + Long.BYTES)
                .put(TYPE)
                .put(id)
                .putLong(version)
                .array();
    }

    /** A name of its own for each version: a commit never writes over what the manifest names. */
    String file(long version) {
        String hash = HexFormat.of().formatHex(Digests.sha256(id()), 0, FILE_HEX_BYTES);
        return hash + "." + version;
    }

    /** Whether a file could be one of ours. */
    static boolean isFile(String file) {
        return file.matches("[0-9a-f]{32}\\.\\d{1,16}");
    }

    /** {@code purpose || 0x00 || name || 0x00}. */
    private byte[] id() {
        return (purpose.value() + '\0' + name + '\0').getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Entry other) {
        int byPurpose = purpose.value().compareTo(other.purpose.value());
        return byPurpose != 0 ? byPurpose : name.compareTo(other.name);
    }

    /**
     * Which blob an entry names.
     *
     * @param version the number of the commit that wrote it
     * @param hash SHA-256 of the file
     */
    record Blob(long version, Hash32 hash) {}
}
