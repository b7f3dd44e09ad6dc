package io.attestgate.attest.seal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a random nonce of 96 bits in front of the ciphertext.
 *
 * <p>Random nonces bound a key to 2^32 messages (NIST SP 800-38D §8.3). A purpose's key seals one
 * message per change of one entry, so that bound is out of reach.
 */
final class Aead {
    static final int OVERHEAD_BYTES = 12 + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random;

    Aead(SecureRandom random) {
        this.random = random;
    }

    /** {@code nonce || ciphertext || tag}. */
    byte[] seal(byte[] key, byte[] associated, byte[] plain) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, associated);
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
        int written = cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
        assert written == plain.length + TAG_BITS / 8;
        return sealed;
    }

    /** The plain bytes, which the caller zeroes; empty unless all of it is what was sealed. */
    static Optional<byte[]> open(byte[] key, byte[] associated, byte[] sealed)
            throws GeneralSecurityException {
        if (sealed.length < OVERHEAD_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, key, nonce, associated)
                            .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
