package io.attestgate.attest.tpm;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The character device of a TPM: one write is one command, one read its whole answer.
 *
 * <p>{@code /dev/tpmrm0} is meant, behind which the kernel's resource manager keeps what we load
 * apart from what others load, and frees it when we end. The kernel bounds how long a command may
 * take.
 */
final class TpmDevice implements TpmTransport {
    private final FileChannel device;

    private TpmDevice(FileChannel device) {
        this.device = device;
    }

    static TpmDevice open(Path path) throws IOException {
        return new TpmDevice(FileChannel.open(path, READ, WRITE));
    }

    @Override
    public byte[] transmit(byte[] command) throws IOException {
        int written = device.write(ByteBuffer.wrap(command));
        if (written != command.length) {
            throw new IOException(
                    "command: %d bytes taken (expected: all %d)"
                            .formatted(written, command.length));
        }
        ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES_MAX);
        int read = device.read(answer);
        return Arrays.copyOf(answer.array(), Math.max(read, 0));
    }

    @Override
    public void close() throws IOException {
        device.close();
    }
}
