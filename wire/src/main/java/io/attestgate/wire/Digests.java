package io.attestgate.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.jcajce.provider.digest.Keccak;

/** The two hash functions of the formats: SHA-256 (FIPS 180-4) and Ethereum's Keccak-256. */
public final class Digests {
    private Digests() {}

    /** SHA-256 of the parts, one after the other. */
    public static byte[] sha256(byte[]... parts) {
        try {
            return digest(MessageDigest.getInstance("SHA-256"), parts);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Keccak-256 of the parts, with Ethereum's padding, not SHA-3's. */
    public static byte[] keccak256(byte[]... parts) {
        return digest(new Keccak.Digest256(), parts);
    }

    private static byte[] digest(MessageDigest digest, byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }
}
