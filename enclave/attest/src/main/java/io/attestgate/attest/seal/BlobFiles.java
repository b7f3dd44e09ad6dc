package io.attestgate.attest.seal;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.seal.SealException.Reason;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sealed blobs of a store: one file per entry and version, never written over. */
record BlobFiles(Disk disk, SealingKeys keys, Aead aead) {
    private static final int FILE_BYTES_MAX = SecretMemory.SIZE_BYTES_MAX + Aead.OVERHEAD_BYTES;

    /** Seals content into a new file and syncs it; its name is not durable yet. */
    Entry.Blob write(Entry entry, long version, Changes.Content content) throws IOException {
        byte[] sealed =
                switch (content) {
                    case Changes.Content.Secret secret ->
                            secret.bytes().lend(plain -> seal(entry, version, plain));
                    case Changes.Content.Open open -> seal(entry, version, open.bytes());
                };
        disk.write(entry.file(version), sealed);
        disk.sync(entry.file(version));
        return new Entry.Blob(version, Hash32.of(Digests.sha256(sealed)));
    }

    private byte[] seal(Entry entry, long version, byte[] plain) {
        try {
            return keys.lend(
                    entry.purpose().value(),
                    key -> aead.seal(key, entry.associated(version), plain));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("AES-256-GCM takes a key of 32 bytes", e);
        }
    }

    /** Opens the blob that the manifest names, and no other. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    SecretMemory open(Entry entry, Entry.Blob blob) throws SealException {
        byte[] sealed = read(entry, blob);
        if (!Hash32.of(Digests.sha256(sealed)).equals(blob.hash())) {
            throw damaged(entry, blob, "another file", "the one that the manifest names");
        }
        return SecretMemory.move(
                opened(entry, blob, sealed)
                        .orElseThrow(() -> damaged(entry, blob, "another seal", "this entry's")));
    }

    private byte[] read(Entry entry, Entry.Blob blob) throws SealException {
        try {
            Optional<byte[]> sealed = disk.read(entry.file(blob.version()), FILE_BYTES_MAX);
            return sealed.orElseThrow(() -> damaged(entry, blob, "no file", "a file"));
        } catch (IOException e) {
            throw new SealException(Reason.DISK, "%s: %s".formatted(entry, e), e);
        }
    }

    private Optional<byte[]> opened(Entry entry, Entry.Blob blob, byte[] sealed) {
        try {
            return keys.lend(
                    entry.purpose().value(),
                    key -> Aead.open(key, entry.associated(blob.version()), sealed));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("AES-256-GCM takes a key of 32 bytes", e);
        }
    }

    /** Deletes the files of ours that no entry of the manifest names. */
    void sweep(Manifest manifest) throws IOException {
        Set<String> named =
                manifest.entries().entrySet().stream()
                        .map(e -> e.getKey().file(e.getValue().version()))
                        .collect(Collectors.toSet());
        for (String file : disk.names()) {
            if (Entry.isFile(file) && !named.contains(file)) {
                disk.delete(file);
            }
        }
    }

    private static SealException damaged(
            Entry entry, Entry.Blob blob, String found, String expected) {
        return new SealException(
                Reason.DAMAGED,
                "%s of version %d in %s: %s (expected: %s)"
                        .formatted(
                                entry,
                                blob.version(),
                                entry.file(blob.version()),
                                found,
                                expected));
    }
}
