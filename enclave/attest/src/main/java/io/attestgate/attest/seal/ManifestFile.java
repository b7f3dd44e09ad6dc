package io.attestgate.attest.seal;

import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.seal.SealException.Reason;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/** The sealed manifest on disk, held against the trusted register. */
record ManifestFile(
        Disk disk, SealingKeys keys, Aead aead, ManifestHeader header, TrustedRegister register) {
    static final String FILE = "manifest";
    private static final String FILE_NEW = "manifest.new";
    private static final String PURPOSE = "manifest";
    private static final int FILE_BYTES_MAX =
            ManifestHeader.SIZE_BYTES + Aead.OVERHEAD_BYTES + Manifest.SIZE_BYTES_MAX;

    /**
     * Reads the newest manifest. One that was written without the register being extended, since
     * the process ended there, is completed.
     */
    Manifest read() throws SealException {
        Hash32 now = registerNow();
        Optional<byte[]> file = fileBytes();
        if (file.isEmpty()) {
            return neverWritten(now);
        }
        Manifest manifest = unsealed(file.get());
        Hash32 digest = Hash32.of(Digests.sha256(file.get()));
        Hash32 after = TrustedRegister.after(manifest.registerBefore(), digest);
        if (now.equals(manifest.registerBefore())) {
            complete(digest, after);
        } else if (!now.equals(after)) {
            throw new SealException(
                    Reason.NOT_NEWEST,
                    ("manifest: number %d, for a register after or just before it (expected: the"
                                    + " one for register %s; this is an older copy or a sibling)")
                            .formatted(manifest.number(), now));
        }
        return manifest;
    }

    private Manifest neverWritten(Hash32 now) throws SealException {
        if (!now.equals(TrustedRegister.INITIAL)) {
            throw new SealException(
                    Reason.NOT_NEWEST,
                    "manifest: absent (expected: the one for register %s)".formatted(now));
        }
        return Manifest.empty(now);
    }

    private Manifest unsealed(byte[] file) throws SealException {
        ManifestHeader found =
                ManifestHeader.parse(file)
                        .filter(any -> file.length <= FILE_BYTES_MAX)
                        .orElseThrow(() -> damaged(file.length + " bytes of another form"));
        if (!found.config().equals(header.config())) {
            throw new SealException(
                    Reason.OTHER_CONFIG,
                    "state: sealed under bootstrap file %s (expected: %s, the one that runs)"
                            .formatted(found.config(), header.config()));
        }
        if (!found.code().equals(header.code())) {
            throw new SealException(
                    Reason.OTHER_CODE,
                    "state: sealed by code %s (expected: %s, the one that runs)"
                            .formatted(found.code(), header.code()));
        }
        return Manifest.parse(
                opened(Arrays.copyOfRange(file, ManifestHeader.SIZE_BYTES, file.length))
                        .orElseThrow(() -> damaged("another seal")));
    }

    private Optional<byte[]> opened(byte[] sealed) {
        try {
            return keys.lend(PURPOSE, key -> Aead.open(key, header.toBytes(), sealed));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("AES-256-GCM takes a key of 32 bytes", e);
        }
    }

    /** What {@link #place} puts there. */
    byte[] sealed(Manifest manifest) {
        byte[] front = header.toBytes();
        try {
            byte[] sealed = keys.lend(PURPOSE, key -> aead.seal(key, front, manifest.toBytes()));
            byte[] file = Arrays.copyOf(front, front.length + sealed.length);
            System.arraycopy(sealed, 0, file, front.length, sealed.length);
            return file;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("AES-256-GCM takes a key of 32 bytes", e);
        }
    }

    /** Writes the new file beside the old one and syncs all names; changes nothing yet. */
    void prepare(byte[] file) throws IOException {
        disk.write(FILE_NEW, file);
        disk.sync(FILE_NEW);
        disk.syncNames();
    }

    /**
     * Puts the prepared file into place, then extends the register by its hash.
     *
     * @return what the register holds now
     */
    Hash32 place(byte[] file, Manifest manifest) throws IOException, PlatformException {
        disk.rename(FILE_NEW, FILE);
        disk.syncNames();
        Hash32 digest = Hash32.of(Digests.sha256(file));
        Hash32 after = TrustedRegister.after(manifest.registerBefore(), digest);
        extend(digest, after);
        return after;
    }

    Hash32 registerNow() throws SealException {
        try {
            return register.read();
        } catch (PlatformException e) {
            throw new SealException(Reason.PLATFORM, "register: " + e.getMessage(), e);
        }
    }

    private void complete(Hash32 digest, Hash32 after) throws SealException {
        try {
            extend(digest, after);
        } catch (PlatformException e) {
            throw new SealException(Reason.PLATFORM, "register: " + e.getMessage(), e);
        }
    }

    private void extend(Hash32 digest, Hash32 after) throws PlatformException {
        register.extend(digest);
        if (!register.read().equals(after)) {
            throw new PlatformException(
                    "register: another value (expected: %s, as extended)".formatted(after));
        }
    }

    private Optional<byte[]> fileBytes() throws SealException {
        try {
            return disk.read(FILE, FILE_BYTES_MAX);
        } catch (IOException e) {
            throw new SealException(Reason.DISK, "manifest: " + e, e);
        }
    }

    private static SealException damaged(String found) {
        return new SealException(
                Reason.DAMAGED, "manifest: %s (expected: what was sealed)".formatted(found));
    }
}
