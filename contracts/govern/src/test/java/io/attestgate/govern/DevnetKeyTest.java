package io.attestgate.govern;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.Anvil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DevnetKeyTest {
    /** One more than the last key: the order of secp256k1 (SEC 2 §2.4.1). */
    private static final String ORDER =
            "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    @Test
    void aKeyHasTheAddressThatAnvilGivesIt() {
        for (int i = 0; i < Anvil.KEYS.size(); i++) {
            assertThat(DevnetKey.parse(Anvil.KEYS.get(i)).orElseThrow().address())
                    .hasToString(Anvil.ADDRESSES.get(i));
        }
    }

    @Test
    void itsTextIsItsAddressAlone() {
        assertThat(DevnetKey.parse(Anvil.KEYS.getFirst()).orElseThrow())
                .hasToString("DevnetKey[" + Anvil.ADDRESSES.getFirst() + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "0x42",
                "42",
                "0x0000000000000000000000000000000000000000000000000000000000000000",
                ORDER,
                "0xAC0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
            })
    void whatIsNoKeyOfTheCurveIsNone(String text) {
        assertThat(DevnetKey.parse(text)).isEmpty();
    }
}
