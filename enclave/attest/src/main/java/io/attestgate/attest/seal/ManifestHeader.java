package io.attestgate.attest.seal;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The clear front of the manifest's file, which is also its associated data: under which code and
 * which bootstrap file it was sealed.
 *
 * <p>It lets a store that cannot be opened say why. It proves nothing by itself: who changes it
 * only changes the reason of the refusal, since the key depends on both in truth.
 *
 * @param code SHA-256 of the platform's name, a zero byte and the registers that tell who may open
 *     it
 * @param config the bootstrap file's digest
 */
record ManifestHeader(Hash32 code, Hash32 config) {
    static final int SIZE_BYTES;
    private static final byte[] TYPE =
            "attestgate/sealed-manifest/v1\n".getBytes(StandardCharsets.US_ASCII);

    static {
        SIZE_BYTES = TYPE.length + 2 * Hash32.SIZE_BYTES;
    }

    static ManifestHeader of(String platform, byte[] registers, Hash32 config) {
        byte[] name = (platform + '\0').getBytes(StandardCharsets.US_ASCII);
        return new ManifestHeader(Hash32.of(Digests.sha256(name, registers)), config);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(SIZE_BYTES)
                .put(TYPE)
                .put(code.bytes())
                .put(config.bytes())
                .array();
    }

    /** Reads the front of a file; empty if it is not a manifest's. */
    static Optional<ManifestHeader> parse(byte[] file) {
        if (file.length < SIZE_BYTES || !Arrays.equals(Arrays.copyOf(file, TYPE.length), TYPE)) {
            return Optional.empty();
        }
        int config = TYPE.length + Hash32.SIZE_BYTES;
        return Optional.of(
                new ManifestHeader(
                        Hash32.of(Arrays.copyOfRange(file, TYPE.length, config)),
                        Hash32.of(Arrays.copyOfRange(file, config, SIZE_BYTES))));
    }
}
