package io.attestgate.attest.seal;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.platform.KeyProvider;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.seal.SealException.Reason;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Secrets on a disk that the operator owns, whole and newest or not at all.
 *
 * <p>A commit goes in this order, and a crash between any two steps leaves the old state or the new
 * one (docs/sealed-store.md):
 *
 * <ol>
 *   <li>write each blob to a new file, sync the files, then their names;
 *   <li>write the manifest to a new file, sync it, rename it over the old one, sync the name;
 *   <li>extend the trusted register by the manifest's hash;
 *   <li>delete the files that no entry names any more.
 * </ol>
 *
 * <p>One per state directory, held by its lock. Safe for use by several threads: one at a time is
 * inside. Hand out {@link #compartment compartments}, never the store.
 *
 * <p>Where the platform's secret is a key provider's ({@link Platform#keyProvider}), only the
 * newest policy can be opened and sealed at first, since that is what says whether he is allowed;
 * keys from {@link #allowKeyProvider} on.
 */
public final class SealedStore implements AutoCloseable {
    private final Hold hold;
    private final SealingKeys keys;
    private final BlobFiles blobs;
    private final ManifestFile manifests;
    private final Optional<KeyProvider> keyProvider;
    private Manifest current;
    private Hash32 register;
    private boolean keyProviderAllowed;
    private boolean settled = true;
    private boolean closed;

    private SealedStore(
            Hold hold,
            SealingKeys keys,
            BlobFiles blobs,
            ManifestFile manifests,
            Optional<KeyProvider> keyProvider,
            Manifest current,
            Hash32 register) {
        this.hold = hold;
        this.keys = keys;
        this.blobs = blobs;
        this.manifests = manifests;
        this.keyProvider = keyProvider;
        this.current = current;
        this.register = register;
    }

    /** Lets go of the state directory. */
    interface Hold {
        void release() throws IOException;
    }

    /**
     * Opens the state directory, making it if it is not there.
     *
     * @param configDigest of the bootstrap file; another one opens nothing
     * @throws SealException {@link Reason#HELD} if another process has it; {@link
     *     Reason#OTHER_CONFIG}, {@link Reason#OTHER_CODE}, {@link Reason#NOT_NEWEST} or {@link
     *     Reason#DAMAGED} if it is not this enclave's newest state
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public static SealedStore open(Path directory, Platform platform, Hash32 configDigest)
            throws SealException {
        try {
            Disk disk = DirectoryDisk.open(directory);
            return open(disk, StateLock.acquire(directory)::close, platform, configDigest);
        } catch (IOException e) {
            throw new SealException(
                    Reason.DISK, "state directory %s: %s".formatted(directory, e), e);
        }
    }

    /** The same on any disk; closes the keys and lets go of the hold if it throws. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result owns the keys and closes them.
    static SealedStore open(Disk disk, Hold hold, Platform platform, Hash32 configDigest)
            throws SealException, IOException {
        try {
            SealingKeys keys = keys(platform, configDigest);
            try {
                Aead aead = new Aead(new SecureRandom());
                ManifestHeader header = header(platform, configDigest);
                return read(
                        hold,
                        keys,
                        new BlobFiles(disk, keys, aead),
                        new ManifestFile(disk, keys, aead, header, platform.register()),
                        platform.keyProvider());
            } catch (SealException | IOException | RuntimeException e) {
                keys.close();
                throw e;
            }
        } catch (SealException | IOException | RuntimeException e) {
            hold.release();
            throw e;
        }
    }

    private static SealedStore read(
            Hold hold,
            SealingKeys keys,
            BlobFiles blobs,
            ManifestFile manifests,
            Optional<KeyProvider> keyProvider)
            throws SealException, IOException {
        Manifest newest = manifests.read();
        blobs.sweep(newest);
        return new SealedStore(
                hold, keys, blobs, manifests, keyProvider, newest, manifests.registerNow());
    }

    @MustBeClosed
    private static SealingKeys keys(Platform platform, Hash32 configDigest) throws SealException {
        try (SecretMemory secret = platform.sealingSecret()) {
            return SealingKeys.of(secret, configDigest);
        } catch (PlatformException e) {
            throw new SealException(Reason.PLATFORM, "sealing secret: " + e.getMessage(), e);
        }
    }

    private static ManifestHeader header(Platform platform, Hash32 config) throws SealException {
        try {
            return ManifestHeader.of(platform.name(), platform.sealingRegisters(), config);
        } catch (PlatformException e) {
            throw new SealException(Reason.PLATFORM, "registers: " + e.getMessage(), e);
        }
    }

    /** From now on everything can be opened and sealed: a proven policy allows the provider. */
    public synchronized void allowKeyProvider() {
        keyProviderAllowed = true;
    }

    /** From now on only the newest policy can be: none allows the provider any more. */
    public synchronized void refuseKeyProvider() {
        keyProviderAllowed = false;
    }

    /** The capability for one purpose. */
    public Compartment compartment(Purpose purpose) {
        return new StoreCompartment(this, purpose);
    }

    /** The purposes under which something is sealed. */
    public synchronized Set<Purpose> purposes() {
        return current.entries().keySet().stream()
                .map(Entry::purpose)
                .collect(Collectors.toUnmodifiableSet());
    }

    synchronized SortedSet<String> names(Purpose purpose) {
        return current.entries().keySet().stream()
                .filter(entry -> entry.purpose().equals(purpose))
                .map(Entry::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    synchronized Optional<SecretMemory> open(Entry entry) throws SealException {
        requireOpen();
        requireAllowed(entry.purpose());
        Optional<Entry.Blob> blob = Optional.ofNullable(current.entries().get(entry));
        return blob.isEmpty() ? Optional.empty() : Optional.of(opened(entry, blob.get()));
    }

    @SuppressWarnings("MustBeClosedChecker") // Passed on to the compartment's caller.
    private SecretMemory opened(Entry entry, Entry.Blob blob) throws SealException {
        return blobs.open(entry, blob);
    }

    synchronized void commit(Purpose purpose, Changes changes) throws SealException {
        requireOpen();
        requireAllowed(purpose);
        requireSettled();
        if (!changes.byName().isEmpty()) {
            place(prepare(purpose, changes));
        }
    }

    /** Steps 1 and 2 up to the rename: a failure leaves the old state as it was. */
    private Prepared prepare(Purpose purpose, Changes changes) throws SealException {
        long number = current.number() + 1;
        SortedMap<Entry, Entry.Blob> entries = new TreeMap<>(current.entries());
        try {
            for (Map.Entry<String, Optional<Changes.Content>> change :
                    changes.byName().entrySet()) {
                Entry entry = new Entry(purpose, change.getKey());
                if (change.getValue().isPresent()) {
                    entries.put(entry, blobs.write(entry, number, change.getValue().get()));
                } else {
                    entries.remove(entry);
                }
            }
            requireRoom(entries.size());
            Manifest next = new Manifest(number, register, entries);
            byte[] file = manifests.sealed(next);
            manifests.prepare(file);
            return new Prepared(next, file);
        } catch (IOException e) {
            throw new SealException(Reason.DISK, "commit %d: %s".formatted(number, e), e);
        }
    }

    /** From the rename on, an exception leaves open whether the commit happened. */
    private void place(Prepared prepared) throws SealException {
        settled = false;
        try {
            register = manifests.place(prepared.file(), prepared.manifest());
        } catch (IOException | PlatformException e) {
            throw new SealException(
                    Reason.UNSETTLED,
                    "commit %d: %s (expected: the store is opened again)"
                            .formatted(prepared.manifest().number(), e),
                    e);
        }
        current = prepared.manifest();
        settled = true;
        sweep();
    }

    /** What stays behind takes room and nothing else; the next commit or opening deletes it. */
    private void sweep() {
        try {
            blobs.sweep(current);
        } catch (IOException leftBehind) {
            assert settled;
        }
    }

    private static void requireRoom(int entries) throws SealException {
        if (entries > Manifest.ENTRIES_MAX) {
            throw new SealException(
                    Reason.FULL,
                    "sealed store: %d entries (expected: at most %d)"
                            .formatted(entries, Manifest.ENTRIES_MAX));
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("sealed store: closed (expected: open)");
        }
    }

    private void requireAllowed(Purpose purpose) throws SealException {
        if (keyProvider.isPresent() && !keyProviderAllowed && !purpose.equals(Purpose.ANCHOR)) {
            throw new SealException(
                    Reason.PROVIDER,
                    "%s: under the secret of key provider %s (expected: a proven policy that allows"
                                    .formatted(purpose, keyProvider.get())
                            + " him)");
        }
    }

    private void requireSettled() throws SealException {
        if (!settled) {
            throw new SealException(
                    Reason.UNSETTLED, "sealed store: unsettled (expected: opened again)");
        }
    }

    /** A manifest and the bytes it is sealed as. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; ours alone.
    private record Prepared(Manifest manifest, byte[] file) {}

    /** Zeroes the keys and lets go of the state directory. A second call does nothing. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            keys.close();
            hold.release();
        }
    }
}
