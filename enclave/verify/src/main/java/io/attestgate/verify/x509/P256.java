package io.attestgate.verify.x509;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Optional;

/** ECDSA on P-256 with SHA-256 (FIPS 186-5), keys and signatures as two numbers of 32 bytes. */
public final class P256 {
    public static final int KEY_BYTES = 64;
    public static final int SIGNATURE_BYTES = 64;

    private static final int NUMBER_BYTES = 32;
    private static final ECParameterSpec CURVE = curve();

    private P256() {}

    /** The key {@code x || y}; empty if that is no point of the curve. */
    public static Optional<PublicKey> key(byte[] xy) {
        ECPoint point =
                new ECPoint(
                        new BigInteger(1, Arrays.copyOf(xy, NUMBER_BYTES)),
                        new BigInteger(1, Arrays.copyOfRange(xy, NUMBER_BYTES, KEY_BYTES)));
        try {
            return isOnCurve(point)
                    ? Optional.of(
                            KeyFactory.getInstance("EC")
                                    .generatePublic(new ECPublicKeySpec(point, CURVE)))
                    : Optional.empty();
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has P-256", e);
        }
    }

    /** Whether the key is on this curve. */
    public static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey ec
                && ec.getParams().getCurve().equals(CURVE.getCurve())
                && ec.getParams().getOrder().equals(CURVE.getOrder());
    }

    /** Whether {@code signature}, {@code r || s}, is the key's over the message's parts. */
    public static boolean isSigned(PublicKey key, byte[] signature, byte[]... message) {
        if (!isP256(key) || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            for (byte[] part : message) {
                verifier.update(part);
            }
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // Such as an r of zero.
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has P-256", e);
        }
    }

    /** {@code y² = x³ + ax + b}: not every provider checks it. */
    private static boolean isOnCurve(ECPoint point) {
        BigInteger p = ((java.security.spec.ECFieldFp) CURVE.getCurve().getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right =
                x.pow(3).add(CURVE.getCurve().getA().multiply(x)).add(CURVE.getCurve().getB());
        return y.pow(2).subtract(right).mod(p).signum() == 0;
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has P-256", e);
        }
    }
}
