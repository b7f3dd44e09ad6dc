package io.attestgate.attest.tpm;

import io.attestgate.verify.x509.P256;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The key that says which PCRs may open the sealed secret (ECDSA on P-256 with SHA-256).
 *
 * <p>It is made from that secret and the bootstrap file's digest each time it is needed, so it
 * exists only in code that could open the secret, and code with another bootstrap file, which may
 * obey another registry, has another key. It lives on the heap, since Java signs with a number
 * there.
 */
final class Authoriser {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");

    private final BigInteger number;

    private Authoriser(BigInteger number) {
        this.number = number;
    }

    /** Of 48 bytes, by FIPS 186-5 A.2.1: (c mod (n - 1)) + 1. */
    static Authoriser of(byte[] secret, Hash32 config) {
        byte[] c = Derivation.AUTHORISER.of(secret, config.bytes());
        BigInteger last = CURVE.getN().subtract(BigInteger.ONE);
        BigInteger number = new BigInteger(1, c).mod(last).add(BigInteger.ONE);
        Arrays.fill(c, (byte) 0);
        return new Authoriser(number);
    }

    EccPublic key() {
        ECPoint point = CURVE.getG().multiply(number).normalize();
        return EccPublic.external(
                point.getAffineXCoord().getEncoded(), point.getAffineYCoord().getEncoded());
    }

    /** Signs an approved policy, {@code r || s}. */
    SignedPolicy sign(Hash32 policy) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            signer.initSign(
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new ECPrivateKeySpec(
                                            number,
                                            curve.getParameterSpec(ECParameterSpec.class))));
            signer.update(policy.bytes());
            signer.update(Policy.reference());
            byte[] signature = signer.sign();
            assert signature.length == P256.SIGNATURE_BYTES;
            return SignedPolicy.of(policy, signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has P-256", e);
        }
    }
}
