package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a TPM derives keys (TPM 2.0 Part 1 §11.4.10). One block of the hash function is enough. */
final class Kdf {
    private static final byte[] FIRST = {0, 0, 0, 1};
    private static final byte[] NUL = {0};

    private Kdf() {}

    /**
     * KDFa, of SP 800-108 in counter mode.
     *
     * @param bits as many as the hash function has, or fewer whole bytes
     */
    static byte[] a(TpmHash hash, byte[] key, String label, Octets context, int bits) {
        byte[] block =
                hmac(
                        hash,
                        key,
                        FIRST,
                        label.getBytes(StandardCharsets.US_ASCII),
                        NUL,
                        context.bytes(),
                        ByteBuffer.allocate(Integer.BYTES).putInt(bits).array());
        return Arrays.copyOf(block, bits / Byte.SIZE);
    }

    /** KDFe, of SP 800-56A: the whole digest of a secret that two sides agreed on. */
    static byte[] e(TpmHash hash, byte[] secret, String use, byte[] partyU, byte[] partyV) {
        return hash.digest(
                        Octets.of(FIRST),
                        Octets.of(secret),
                        Octets.of(use.getBytes(StandardCharsets.US_ASCII)),
                        Octets.of(NUL),
                        Octets.of(partyU),
                        Octets.of(partyV))
                .bytes();
    }

    static byte[] hmac(TpmHash hash, byte[] key, byte[]... parts) {
        try {
            String algorithm = "Hmac" + hash.joined();
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HMAC", e);
        }
    }
}
