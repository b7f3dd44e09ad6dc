package io.attestgate.attest.tpm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** What is made of the sealed secret: HKDF-SHA-256, no salt (RFC 5869), one use each. */
enum Derivation {
    /** What the sealed store's root is made of. */
    STORE("attestgate/tpm/store/v1", 32),
    /** The authorisation value of the register's index. */
    REGISTER("attestgate/tpm/register/v1", 32),
    /** The private number of the key that signs policies; longer, so that it is unbiased. */
    AUTHORISER("attestgate/tpm/authoriser/v1", 48),
    /** The secret itself, of both sources of randomness. */
    SECRET("attestgate/tpm/secret/v1", 32);

    private final String info;
    private final int sizeBytes;

    Derivation(String info, int sizeBytes) {
        this.info = info;
        this.sizeBytes = sizeBytes;
    }

    /** On the heap; the caller zeroes it. */
    byte[] of(byte[] secret) {
        return of(secret, new byte[0]);
    }

    /** With what else it is for. */
    byte[] of(byte[] secret, byte[] context) {
        TpmWriter writer =
                new TpmWriter().bytes(info.getBytes(StandardCharsets.US_ASCII)).bytes(context);
        byte[] full = writer.toBytes();
        writer.erase();
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret)
                                    .thenExpand(full, sizeBytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("JDK 25 has HKDF-SHA256", e);
        } finally {
            Arrays.fill(full, (byte) 0);
        }
    }
}
