package io.attestgate.attest.tpm;

import java.io.IOException;

/**
 * The way to a TPM and back. It belongs to the operator: nothing that comes over it is believed.
 *
 * <p>One command at a time.
 */
public interface TpmTransport extends AutoCloseable {
    /** The largest answer of any TPM (Linux's driver: TPM_BUFSIZE). */
    int ANSWER_BYTES_MAX = 4096;

    /** Sends one whole command and gives one whole answer. */
    byte[] transmit(byte[] command) throws IOException;

    @Override
    void close() throws IOException;
}
