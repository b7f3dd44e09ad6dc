package io.attestgate.verify.tpm;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * Public keys that count, in their one form: RSA of 2048 to 4096 bits, ECC on P-256 and P-384. A
 * key that came in another encoding is made anew from its numbers, so that equal keys are equal.
 */
final class Keys {
    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_MAX = 4096;
    private static final int EXPONENT_BITS_MAX = 32;

    private Keys() {}

    /**
     * A SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in the one encoding of its key; empty for what is
     * none, or no such key.
     */
    static Optional<PublicKey> ofSpki(byte[] der) {
        return decoded("RSA", der)
                .or(() -> decoded("EC", der))
                .flatMap(Keys::of)
                .filter(key -> Arrays.equals(key.getEncoded(), der));
    }

    private static Optional<PublicKey> decoded(String algorithm, byte[] der) {
        try {
            return Optional.of(
                    KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (InvalidKeySpecException | RuntimeException e) {
            return Optional.empty(); // The JCA throws what it likes for what is no key.
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }

    /** The key in its one form; empty if it is none that counts. */
    static Optional<PublicKey> of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa(rsa.getModulus(), rsa.getPublicExponent());
        }
        return EcCurve.of(key)
                .flatMap(
                        curve ->
                                curve.key(
                                        ((ECPublicKey) key).getW().getAffineX(),
                                        ((ECPublicKey) key).getW().getAffineY()));
    }

    static Optional<PublicKey> rsa(BigInteger modulus, BigInteger exponent) {
        int bits = modulus.bitLength();
        if (bits < RSA_BITS_MIN
                || bits > RSA_BITS_MAX
                || !modulus.testBit(0)
                || !exponent.testBit(0)
                || exponent.compareTo(BigInteger.ONE) <= 0
                || exponent.bitLength() > EXPONENT_BITS_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(modulus, exponent)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has RSA", e);
        }
    }
}
