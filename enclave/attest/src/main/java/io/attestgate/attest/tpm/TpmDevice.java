package io.attestgate.attest.tpm;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The character device of a TPM: one write is one command, one read its whole answer.
 *
 * <p>{@code /dev/tpmrm0} is meant, behind which the kernel's resource manager keeps what we load
 * apart from what others load, and frees it when we end. The kernel bounds how long a command may
 * take, and no interrupt of ours closes the file.
 */
final class TpmDevice implements TpmTransport {
    private final RandomAccessFile device;

    private TpmDevice(RandomAccessFile device) {
        this.device = device;
    }

    /** Opens one that is there; else a file would be made. */
    static TpmDevice open(Path path) throws IOException {
        return new TpmDevice(new RandomAccessFile(path.toFile(), "rw"));
    }

    @Override
    public byte[] transmit(byte[] command) throws IOException {
        device.write(command);
        byte[] answer = new byte[ANSWER_BYTES_MAX];
        int read = device.read(answer);
        return Arrays.copyOf(answer, Math.max(read, 0));
    }

    @Override
    public void close() throws IOException {
        device.close();
    }
}
