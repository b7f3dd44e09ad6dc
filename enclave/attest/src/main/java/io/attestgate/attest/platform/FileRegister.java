package io.attestgate.attest.platform;

import io.attestgate.attest.disk.Disk;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A hash chain in the file {@code register}, for platforms whose hardware has none.
 *
 * <p>It keeps a store consistent across crashes. It protects nothing against the operator, who can
 * put an older file back beside the older store; such a platform says {@link Rollback#UNPROTECTED},
 * and what is new comes from the chain's heartbeat (docs/platforms.md).
 */
public final class FileRegister implements TrustedRegister {
    private static final String FILE = "register";
    private static final String FILE_NEW = "register.new";
    private static final int FILE_BYTES_MAX = 67;

    private final Disk disk;

    /** The register of the state directory that {@code disk} is. */
    public FileRegister(Disk disk) {
        this.disk = disk;
    }

    @Override
    public synchronized Hash32 read() throws PlatformException {
        try {
            Optional<byte[]> file = disk.read(FILE, FILE_BYTES_MAX);
            return file.isEmpty() ? INITIAL : value(file.get());
        } catch (IOException e) {
            throw new PlatformException("register file: " + e, e);
        }
    }

    private static Hash32 value(byte[] file) throws PlatformException {
        String text = new String(file, StandardCharsets.US_ASCII);
        return Hash32.parse(text.stripTrailing())
                .orElseThrow(
                        () ->
                                new PlatformException(
                                        "register file: %d bytes (expected: 0x and 64 digits)"
                                                .formatted(file.length)));
    }

    @Override
    public synchronized void extend(Hash32 digest) throws PlatformException {
        String next = TrustedRegister.after(read(), digest) + "\n";
        try {
            disk.write(FILE_NEW, next.getBytes(StandardCharsets.US_ASCII));
            disk.sync(FILE_NEW);
            disk.rename(FILE_NEW, FILE);
            disk.syncNames();
        } catch (IOException e) {
            throw new PlatformException("register file: " + e, e);
        }
    }
}
