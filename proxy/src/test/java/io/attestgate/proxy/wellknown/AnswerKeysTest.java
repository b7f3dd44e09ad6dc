package io.attestgate.proxy.wellknown;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Address;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;

final class AnswerKeysTest {

    @Test
    void eachStartHasKeysOfItsOwn() {
        SecureRandom random = new SecureRandom();
        try (AnswerKeys one = AnswerKeys.make(random);
                AnswerKeys other = AnswerKeys.make(random)) {
            assertThat(one.signingKey()).isNotEqualTo(other.signingKey());
            assertThat(one.httpKey()).isNotEqualTo(other.httpKey());
            assertThat(one.signingKey()).isNotEqualTo(Address.ZERO);
        }
    }

    @Test
    void theHttpKeyIsOneThatJavaReads() throws GeneralSecurityException {
        try (AnswerKeys keys = AnswerKeys.make(new SecureRandom())) {
            assertThat(
                            KeyFactory.getInstance("EC")
                                    .generatePublic(new X509EncodedKeySpec(keys.httpKey().spki()))
                                    .getEncoded())
                    .isEqualTo(keys.httpKey().spki());
        }
    }

    @Test
    void theAddressIsThatOfTheKeyOne() {
        // Of the scalar 1, as every Ethereum library has it.
        assertThat(
                        AnswerKeys.address(
                                CustomNamedCurves.getByName("secp256k1").getG().getEncoded(false)))
                .hasToString("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf");
    }
}
