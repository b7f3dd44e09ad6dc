package io.attestgate.attest.tpm;

import io.attestgate.wire.Digests;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The TPM's derivations with SHA-256, for at most one digest of it (Part 1 §11.4.10).
 *
 * <p>The counter is 1 and the label ends with a zero byte.
 */
final class Kdf {
    static final int KEY_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private Kdf() {}

    /** KDFa, Part 1 §11.4.10.2: NIST SP 800-108 in counter mode. */
    static byte[] a(byte[] key, String label, byte[] contextU, byte[] contextV) {
        return hmac(
                key,
                new TpmWriter()
                        .uint32(1)
                        .bytes(zeroEnded(label))
                        .bytes(contextU)
                        .bytes(contextV)
                        .uint32(KEY_BYTES * Byte.SIZE)
                        .toBytes());
    }

    /** KDFe, Part 1 §11.4.10.3: NIST SP 800-56A, concatenation. */
    static byte[] e(byte[] z, String label, byte[] partyU, byte[] partyV) {
        TpmWriter writer = new TpmWriter().uint32(1).bytes(z).bytes(zeroEnded(label));
        byte[] secret = writer.toBytes();
        byte[] key = Digests.sha256(secret, partyU, partyV);
        Arrays.fill(secret, (byte) 0);
        writer.erase();
        return key;
    }

    /** An empty key is allowed, as HMAC allows it and Java does not. */
    static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, HMAC));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + HMAC, e);
        }
    }

    private static byte[] zeroEnded(String label) {
        return (label + '\0').getBytes(StandardCharsets.US_ASCII);
    }
}
