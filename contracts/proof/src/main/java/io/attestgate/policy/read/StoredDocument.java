package io.attestgate.policy.read;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;

/** The bytes of a document and what proves them: their keccak256. */
public final class StoredDocument {
    /** Code is 24,576 bytes at most (EIP-170), and the first is not the document's. */
    static final int SIZE_BYTES_MAX = 24_575;

    private final Hash32 hash;
    private final byte[] bytes;

    private StoredDocument(Hash32 hash, byte[] bytes) {
        this.hash = hash;
        this.bytes = bytes;
    }

    /** The document of these bytes, which are copied; its hash is computed here, never taken. */
    public static StoredDocument of(byte[] bytes) {
        return new StoredDocument(Hash32.of(Digests.keccak256(bytes)), bytes.clone());
    }

    public Hash32 hash() {
        return hash;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredDocument document && hash.equals(document.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "StoredDocument[%s, %d bytes]".formatted(hash, bytes.length);
    }
}
