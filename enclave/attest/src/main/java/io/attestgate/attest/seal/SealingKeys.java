package io.attestgate.attest.seal;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The sealing root and the keys below it.
 *
 * <p>root = HKDF-SHA-256(what the platform gives, no salt, info = config digest); the key of a
 * purpose = HKDF-SHA-256(root, no salt, info = {@code "attestgate/seal/v1/" || purpose}), 32 bytes
 * each (RFC 5869). The root stays in locked memory; a derived key lives on the heap as long as the
 * call it is lent to, since JCA takes keys as arrays, and is zeroed there.
 */
final class SealingKeys implements AutoCloseable {
    private static final int KEY_BYTES = 32;
    private static final String PURPOSE_PREFIX = "attestgate/seal/v1/";

    private final SecretMemory root;

    private SealingKeys(SecretMemory root) {
        this.root = root;
    }

    /** Derives the root; {@code platformSecret} stays the caller's to close. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result owns the root and closes it.
    static SealingKeys of(SecretMemory platformSecret, Hash32 configDigest) {
        return new SealingKeys(
                SecretMemory.move(
                        platformSecret.lend(secret -> derived(secret, configDigest.bytes()))));
    }

    /** Lends the key of a purpose; zeroed when {@code use} returns or throws. */
    <R> R lend(String purpose, SecretMemory.Use<R, GeneralSecurityException> use)
            throws GeneralSecurityException {
        byte[] info = (PURPOSE_PREFIX + purpose).getBytes(StandardCharsets.UTF_8);
        byte[] key = root.lend(secret -> derived(secret, info));
        try {
            return use.apply(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] derived(byte[] secret, byte[] info) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret)
                                    .thenExpand(info, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("JDK 25 has HKDF-SHA256", e);
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
