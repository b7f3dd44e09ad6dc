package io.attestgate.attest.tpm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Digests;
import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class KdfTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** RFC 4231, test case 2: the HMAC below KDFa. */
    @Test
    void theHmacIsThatOfTheStandard() {
        assertThat(
                        Kdf.hmac(
                                "Jefe".getBytes(US_ASCII),
                                "what do ya want for nothing?".getBytes(US_ASCII)))
                .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    @Test
    void anEmptyKeyIsTheKeyOfZeroBytes() {
        assertThat(Kdf.hmac(new byte[0], new byte[1]))
                .isEqualTo(Kdf.hmac(new byte[64], new byte[1]));
    }

    @Test
    void kdfaIsOneBlockOfCounterLabelContextsAndSize() {
        byte[] expected =
                Kdf.hmac(hex("01"), hex("00000001" + "41544800" + "02" + "03" + "00000100"));
        assertThat(Kdf.a(hex("01"), "ATH", hex("02"), hex("03"))).isEqualTo(expected);
    }

    @Test
    void kdfeIsOneBlockOfCounterSecretLabelAndParties() {
        byte[] expected = Digests.sha256(hex("00000001" + "01" + "53454352455400" + "02" + "03"));
        assertThat(Kdf.e(hex("01"), "SECRET", hex("02"), hex("03"))).isEqualTo(expected);
    }

    @Test
    void aNumberHasAlwaysThirtyTwoBytes() {
        assertThat(Salt.number(BigInteger.ONE)).hasSize(32).endsWith(1);
        assertThat(Salt.number(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)))
                .hasSize(32)
                .containsOnly(0xFF);
    }
}
