package io.attestgate.attest.tpm;

import io.attestgate.verify.x509.P256;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * A secret shared with the TPM that has a key, by one-pass ECDH (Part 1 §C.6.1, §19.6.13).
 *
 * @param seed 32 bytes, known to us and to that TPM; taken, not copied
 * @param encrypted TPM2B_ENCRYPTED_SECRET's content: our ephemeral point; taken, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Salt(byte[] seed, byte[] encrypted) {
    private static final String LABEL = "SECRET";

    /**
     * A new one.
     *
     * @throws TpmException if the key's point is not on the curve
     */
    static Salt to(EccPublic key) throws TpmException {
        PublicKey peer =
                P256.key(key.point())
                        .orElseThrow(
                                () ->
                                        TpmException.of(
                                                TpmException.Reason.MALFORMED,
                                                "key " + key.name(),
                                                "no point of the curve",
                                                "a point of P-256"));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair ephemeral = generator.generateKeyPair();
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(ephemeral.getPrivate());
            agreement.doPhase(peer, true);
            ECPublicKey ours = (ECPublicKey) ephemeral.getPublic();
            byte[] x = number(ours.getW().getAffineX());
            byte[] y = number(ours.getW().getAffineY());
            byte[] shared = agreement.generateSecret();
            byte[] seed = Kdf.e(shared, LABEL, x, key.x());
            Arrays.fill(shared, (byte) 0);
            return new Salt(seed, new TpmWriter().sized(x).sized(y).toBytes());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has ECDH on P-256", e);
        }
    }

    /** Of 32 bytes, most significant first. */
    static byte[] number(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[EccPublic.COORDINATE_BYTES];
        int length = Math.min(signed.length, fixed.length);
        System.arraycopy(signed, signed.length - length, fixed, fixed.length - length, length);
        return fixed;
    }
}
