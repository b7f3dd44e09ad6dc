package io.attestgate.attest.tsm;

import io.attestgate.attest.device.DeviceFile;
import io.attestgate.attest.device.ErrnoException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The real directory.
 *
 * @param directory {@code /sys/kernel/config/tsm/report}, or another for tests
 */
record ConfigfsFiles(Path directory) implements TsmFiles {

    @Override
    public void make(String entry) throws ErrnoException {
        DeviceFile.makeDirectory(directory.resolve(entry));
    }

    @Override
    public void remove(String entry) throws ErrnoException {
        DeviceFile.removeDirectory(directory.resolve(entry));
    }

    @Override
    public boolean has(String entry, String attribute) {
        return Files.exists(directory.resolve(entry).resolve(attribute));
    }

    @Override
    public byte[] read(String entry, String attribute, int sizeBytesMax) throws ErrnoException {
        try (DeviceFile file = open(entry, attribute, DeviceFile.Mode.READ)) {
            return file.read(sizeBytesMax);
        }
    }

    @Override
    public void write(String entry, String attribute, byte[] content) throws ErrnoException {
        try (DeviceFile file = open(entry, attribute, DeviceFile.Mode.WRITE)) {
            file.write(content);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // Closed by both callers above.
    private DeviceFile open(String entry, String attribute, DeviceFile.Mode mode)
            throws ErrnoException {
        return DeviceFile.open(directory.resolve(entry).resolve(attribute), mode);
    }
}
