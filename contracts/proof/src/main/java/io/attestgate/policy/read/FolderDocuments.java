package io.attestgate.policy.read;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Documents of a folder, each as a file named by its hash: {@code 0x} and 64 digits. Other bytes
 * than those of the hash, and files that cannot be read, are as good as none.
 *
 * @param folder which the operator may fill and change at any time
 */
record FolderDocuments(Path folder) implements Documents {

    @Override
    public Map<Hash32, StoredDocument> find(Map<Hash32, Address> wanted) {
        Map<Hash32, StoredDocument> found = new HashMap<>();
        for (Hash32 hash : wanted.keySet()) {
            read(folder.resolve(hash.toString()))
                    .map(StoredDocument::of)
                    .filter(document -> document.hash().equals(hash))
                    .ifPresent(document -> found.put(hash, document));
        }
        return found;
    }

    private static Optional<byte[]> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(StoredDocument.SIZE_BYTES_MAX + 1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
