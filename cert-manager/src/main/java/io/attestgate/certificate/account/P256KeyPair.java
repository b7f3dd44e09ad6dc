package io.attestgate.certificate.account;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/**
 * A key pair on NIST P-256, and its form in the sealed store: the private scalar in 32 bytes, then
 * the public point's x and y in 32 bytes each, all big-endian.
 *
 * <p>Signing and TLS take the key as a JCA object, so a copy lives on the Java heap for as long as
 * this does; the sealed form does not outlive the call that asked for it.
 */
public final class P256KeyPair {
    public static final int SEALED_BYTES = 96;

    private static final String CURVE = "secp256r1";
    private static final int SCALAR_BYTES = 32;

    private final KeyPair pair;

    private P256KeyPair(KeyPair pair) {
        this.pair = pair;
    }

    public static P256KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            return new P256KeyPair(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + CURVE, e);
        }
    }

    /**
     * Reads the sealed form.
     *
     * @throws IllegalArgumentException if the bytes, which our own seal vouched for, are not ours
     */
    public static P256KeyPair ofSealed(byte[] sealed) {
        if (sealed.length != SEALED_BYTES) {
            throw new IllegalArgumentException(
                    "key: %d bytes (expected: %d)".formatted(sealed.length, SEALED_BYTES));
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(CURVE));
            ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
            KeyFactory keys = KeyFactory.getInstance("EC");
            ECPoint point = new ECPoint(integer(sealed, 1), integer(sealed, 2));
            return new P256KeyPair(
                    new KeyPair(
                            keys.generatePublic(new ECPublicKeySpec(point, curve)),
                            keys.generatePrivate(new ECPrivateKeySpec(integer(sealed, 0), curve))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("key: no point of " + CURVE, e);
        }
    }

    /** The sealed form. The caller overwrites it after use. */
    public byte[] toSealed() {
        ECPrivateKey priv = (ECPrivateKey) pair.getPrivate();
        ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
        byte[] sealed = new byte[SEALED_BYTES];
        write(priv.getS(), sealed, 0);
        write(point.getAffineX(), sealed, 1);
        write(point.getAffineY(), sealed, 2);
        return sealed;
    }

    public KeyPair pair() {
        return pair;
    }

    /** SHA-256 of the SubjectPublicKeyInfo: what clients pin. */
    public Hash32 spkiSha256() {
        return Hash32.of(Digests.sha256(pair.getPublic().getEncoded()));
    }

    /** The public half's digest alone: a secret has no text. */
    @Override
    public String toString() {
        return "P256KeyPair[" + spkiSha256() + "]";
    }

    private static BigInteger integer(byte[] sealed, int index) {
        return new BigInteger(1, sealed, index * SCALAR_BYTES, SCALAR_BYTES);
    }

    private static void write(BigInteger value, byte[] sealed, int index) {
        byte[] bytes = value.toByteArray();
        int length = Math.min(bytes.length, SCALAR_BYTES);
        System.arraycopy(
                bytes, bytes.length - length, sealed, (index + 1) * SCALAR_BYTES - length, length);
        Arrays.fill(bytes, (byte) 0);
    }
}
