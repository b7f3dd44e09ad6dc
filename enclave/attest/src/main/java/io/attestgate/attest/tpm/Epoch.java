package io.attestgate.attest.tpm;

import java.nio.ByteBuffer;

/**
 * The counter that every signed policy names: moved on, it voids all that was signed before.
 *
 * <p>Its authorisation value is empty, since it is read before anything is unsealed. Who can send
 * commands to the TPM can therefore move it on, and so lock the state for good; he could as well
 * remove it.
 */
final class Epoch {
    private static final byte[] NO_VALUE = new byte[0];

    private Epoch() {}

    static long read(Channel channel, Index counter) throws TpmException {
        return ByteBuffer.wrap(counter.read(channel, NO_VALUE)).getLong();
    }

    /** The first time after its definition, or later. */
    static void moveOn(Channel channel, Index counter) throws TpmException {
        counter.write(channel, CommandCode.NV_INCREMENT, NO_VALUE, new TpmWriter()).reader().end();
    }
}
