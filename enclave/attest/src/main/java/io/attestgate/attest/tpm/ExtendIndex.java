package io.attestgate.attest.tpm;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.wire.Hash32;

/**
 * The register in an NV extend index, read and extended only by who knows its authorisation value.
 *
 * <p>That value comes from the sealed secret. Without it, whoever removes the index and defines it
 * anew could extend the new one by the hashes of old manifests, which are no secret, until it holds
 * an old value again.
 */
final class ExtendIndex implements TrustedRegister {
    private final Channel channel;
    private final Index index;
    private final SecretMemory value;

    /** Takes over neither; {@code value} has no zero byte at its end. */
    ExtendIndex(Channel channel, Index index, SecretMemory value) {
        this.channel = channel;
        this.index = index;
        this.value = value;
    }

    @Override
    public Hash32 read() throws PlatformException {
        synchronized (channel) {
            try {
                return index.isWritten(channel)
                        ? Hash32.of(value.lend(heap -> index.read(channel, heap)))
                        : INITIAL;
            } catch (TpmException e) {
                throw e.toPlatformException();
            }
        }
    }

    @Override
    public void extend(Hash32 digest) throws PlatformException {
        synchronized (channel) {
            try {
                TpmWriter parameters = new TpmWriter().sized(digest.bytes());
                Answer extended =
                        value.lend(
                                heap ->
                                        index.write(
                                                channel, CommandCode.NV_EXTEND, heap, parameters));
                extended.reader().end();
            } catch (TpmException e) {
                throw e.toPlatformException();
            }
        }
    }
}
