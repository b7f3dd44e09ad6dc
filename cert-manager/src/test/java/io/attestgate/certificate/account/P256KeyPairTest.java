package io.attestgate.certificate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.Signature;
import org.junit.jupiter.api.Test;

final class P256KeyPairTest {
    /** Enough to meet scalars and coordinates with leading zero bytes. */
    private static final int KEYS = 2000;

    @Test
    void theSealedFormGivesTheSameKeyBack() throws Exception {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < KEYS; i++) {
            P256KeyPair key = P256KeyPair.generate(random);
            byte[] sealed = key.toSealed();
            assertThat(sealed).hasSize(P256KeyPair.SEALED_BYTES);
            P256KeyPair same = P256KeyPair.ofSealed(sealed);
            assertThat(same.spkiSha256()).isEqualTo(key.spkiSha256());
            assertThat(same.pair().getPrivate()).isEqualTo(key.pair().getPrivate());
        }
    }

    @Test
    void aKeyFromTheStoreSignsForItsPublicHalf() throws Exception {
        P256KeyPair key = P256KeyPair.ofSealed(P256KeyPair.generate(new SecureRandom()).toSealed());
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key.pair().getPrivate());
        signer.update(message);
        byte[] signature = signer.sign();
        signer.initVerify(key.pair().getPublic());
        signer.update(message);
        assertThat(signer.verify(signature)).isTrue();
    }

    @Test
    void theTextOfAKeyHasNoSecret() {
        P256KeyPair key = P256KeyPair.generate(new SecureRandom());
        assertThat(key).hasToString("P256KeyPair[" + key.spkiSha256() + "]");
    }

    @Test
    void bytesOfAnotherLengthAreOurBug() {
        assertThatThrownBy(() -> P256KeyPair.ofSealed(new byte[95]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
