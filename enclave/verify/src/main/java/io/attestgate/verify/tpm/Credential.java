package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that only the TPM with that EK gives back, and only for that key: what
 * TPM2_MakeCredential makes, without a TPM (TPM 2.0 Part 1 §24, Credential Protection).
 *
 * <pre>
 *  1 seed           RSA: random, encrypted by OAEP with the label "IDENTITY"  (Part 1 B.10.3)
 *                   ECC: KDFe of an ephemeral key's agreement, "IDENTITY"     (Part 1 C.6.1)
 *  2 symmetric key  KDFa(seed, "STORAGE", Name)                               (§24.4)
 *  3 encIdentity    AES-CFB of TPM2B_DIGEST(secret), initial vector zero
 *  4 HMAC key       KDFa(seed, "INTEGRITY")                                   (§24.5)
 *  5 integrity      HMAC of encIdentity and Name
 * </pre>
 *
 * @param idObject TPM2B_ID_OBJECT: integrity and encIdentity
 * @param encryptedSecret TPM2B_ENCRYPTED_SECRET: the seed, encrypted
 */
public record Credential(Octets idObject, Octets encryptedSecret) {
    private static final String IDENTITY = "IDENTITY";
    private static final int BLOCK_BYTES = 16;

    /** The seed in the clear, and as it travels. */
    private record Seed(Octets bytes, Octets encrypted) {}

    /**
     * Makes one.
     *
     * @param ek the public area of a storage key: it has a symmetric algorithm
     * @param name of the key that must be in the same TPM
     * @param secret at most as many bytes as the digest of the EK's Name has
     */
    public static Credential make(TpmPublic ek, Octets name, byte[] secret, SecureRandom random) {
        TpmHash hash = ek.nameHash();
        if (ek.symmetric().isEmpty() || secret.length > hash.sizeBytes()) {
            throw new IllegalArgumentException(
                    "ek, secret: %s, %d bytes (expected: a storage key, at most %d bytes)"
                            .formatted(ek.symmetric(), secret.length, hash.sizeBytes()));
        }
        Seed seed = seed(ek, random);
        byte[] key =
                Kdf.a(hash, seed.bytes.bytes(), "STORAGE", name, ek.symmetric().get().keyBits());
        byte[] encIdentity = cfb(key, sized(secret));
        byte[] hmacKey =
                Kdf.a(
                        hash,
                        seed.bytes.bytes(),
                        "INTEGRITY",
                        Octets.of(new byte[0]),
                        hash.sizeBytes() * Byte.SIZE);
        byte[] integrity = Kdf.hmac(hash, hmacKey, encIdentity, name.bytes());
        return new Credential(
                Octets.of(sized(concat(sized(integrity), encIdentity))),
                Octets.of(sized(seed.encrypted.bytes())));
    }

    private static Seed seed(TpmPublic ek, SecureRandom random) {
        return EcCurve.of(ek.key())
                .map(curve -> agreed(ek, curve, random))
                .orElseGet(() -> encrypted(ek, (RSAPublicKey) ek.key(), random));
    }

    private static Seed encrypted(TpmPublic ek, RSAPublicKey key, SecureRandom random) {
        byte[] seed = new byte[ek.nameHash().sizeBytes()];
        random.nextBytes(seed);
        String hash = ek.nameHash().algorithm();
        byte[] label = (IDENTITY + '\0').getBytes(StandardCharsets.US_ASCII);
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    (PublicKey) key,
                    new OAEPParameterSpec(
                            hash,
                            "MGF1",
                            new MGF1ParameterSpec(hash),
                            new PSource.PSpecified(label)),
                    random);
            return new Seed(Octets.of(seed), Octets.of(cipher.doFinal(seed)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has OAEP", e);
        }
    }

    private static Seed agreed(TpmPublic ek, EcCurve curve, SecureRandom random) {
        KeyPair ephemeral = curve.generate(random);
        byte[] x = curve.x(ephemeral.getPublic());
        byte[] y = curve.y(ephemeral.getPublic());
        byte[] secret = curve.agree(ephemeral, ek.key());
        byte[] seed = Kdf.e(ek.nameHash(), secret, IDENTITY, x, curve.x(ek.key()));
        return new Seed(Octets.of(seed), Octets.of(concat(sized(x), sized(y))));
    }

    private static byte[] cfb(byte[] key, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec(new byte[BLOCK_BYTES]));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has AES", e);
        }
    }

    /** A TPM2B: its size, and itself. */
    private static byte[] sized(byte[] bytes) {
        return ByteBuffer.allocate(Short.BYTES + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
