package io.attestgate.attest.simulated;

import io.attestgate.verify.simulated.SimulatedReport;
import io.attestgate.wire.Digests;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;

/**
 * The key that signs simulated reports: SHA-256 of the notice that stands in them. No secret, by
 * construction.
 */
final class DevelopmentKey {
    private DevelopmentKey() {}

    /** ECDSA on P-256 with SHA-256, {@code r || s}. */
    static byte[] sign(byte[] body) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(key());
            signer.update(body);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has P-256", e);
        }
    }

    private static PrivateKey key() throws GeneralSecurityException {
        byte[] notice = SimulatedReport.NOTICE.getBytes(StandardCharsets.US_ASCII);
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePrivate(
                        new ECPrivateKeySpec(
                                new BigInteger(1, Digests.sha256(notice)),
                                curve.getParameterSpec(ECParameterSpec.class)));
    }
}
