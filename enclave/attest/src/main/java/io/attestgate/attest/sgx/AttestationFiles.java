package io.attestgate.attest.sgx;

import io.attestgate.attest.device.DeviceFile;
import io.attestgate.attest.device.ErrnoException;
import java.nio.file.Path;

/**
 * The real files.
 *
 * @param directory {@code /dev/attestation}, or another for tests
 */
record AttestationFiles(Path directory) implements GramineFiles {

    @Override
    public byte[] read(String name, int sizeBytesMax) throws ErrnoException {
        try (DeviceFile file = DeviceFile.open(directory.resolve(name), DeviceFile.Mode.READ)) {
            return file.read(sizeBytesMax);
        }
    }

    @Override
    public void write(String name, byte[] content) throws ErrnoException {
        try (DeviceFile file = DeviceFile.open(directory.resolve(name), DeviceFile.Mode.WRITE)) {
            file.write(content);
        }
    }
}
