package io.attestgate.verify.simulated;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * The public half of the key that signs simulated reports.
 *
 * <p>Its private half is SHA-256 of {@link SimulatedReport#NOTICE}: no secret, so that nobody can
 * take it for one. Whoever accepts this root accepts everybody's word.
 */
public final class DevelopmentRoot {
    private static final byte[] SPKI =
            HexFormat.of()
                    .parseHex(
                            "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                                    + "f4addacd4da7d3ff4d6a006775e034fb"
                                    + "9a013f11f7020f6d117ed65f37a5de8b"
                                    + "fc220d4297164feab9a4cb929002dfa2"
                                    + "99cfbd8a12dcb0b0fa2e9688826f54ee");

    /** SHA-256 of the key's SubjectPublicKeyInfo: no certificate says more. */
    public static final Hash32 SHA256 = Hash32.of(Digests.sha256(SPKI));

    private DevelopmentRoot() {}

    static boolean signed(byte[] body, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key());
            verifier.update(body);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // Such as an r of zero.
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has P-256", e);
        }
    }

    private static PublicKey key() throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(SPKI));
    }
}
