package io.attestgate.attest.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import org.junit.jupiter.api.Test;

/** What every trusted register does; the test of each implements this. */
public interface TrustedRegisterContract {

    /**
     * The register of a machine that each test has for itself: a new one when it is first asked
     * for, and then the same one, as it is after the machine was started again.
     */
    TrustedRegister registerAfterStart() throws Exception;

    private static Hash32 digest(int seed) {
        return Hash32.of(Digests.sha256(new byte[] {(byte) seed}));
    }

    @Test
    default void aRegisterThatWasNeverExtendedSaysSo() throws Exception {
        assertThat(registerAfterStart().read()).isEqualTo(TrustedRegister.INITIAL);
        assertThat(registerAfterStart().read()).isEqualTo(TrustedRegister.INITIAL);
    }

    @Test
    default void aRegisterIsTheHashChainOfAllItWasExtendedBy() throws Exception {
        TrustedRegister register = registerAfterStart();
        Hash32 expected = TrustedRegister.INITIAL;
        for (int i = 0; i < 3; i++) {
            register.extend(digest(i));
            expected = TrustedRegister.after(expected, digest(i));
            assertThat(register.read()).isEqualTo(expected);
        }
    }

    @Test
    default void aRegisterIsTheSameAfterARestartAndGoesOnFromThere() throws Exception {
        registerAfterStart().extend(digest(1));
        TrustedRegister again = registerAfterStart();
        Hash32 one = TrustedRegister.after(TrustedRegister.INITIAL, digest(1));
        assertThat(again.read()).isEqualTo(one);
        again.extend(digest(2));
        assertThat(registerAfterStart().read()).isEqualTo(TrustedRegister.after(one, digest(2)));
    }

    @Test
    default void extendingTwiceByTheSameIsNotExtendingOnce() throws Exception {
        TrustedRegister register = registerAfterStart();
        register.extend(digest(1));
        Hash32 once = register.read();
        register.extend(digest(1));
        assertThat(register.read())
                .isNotEqualTo(once)
                .isEqualTo(TrustedRegister.after(once, digest(1)));
    }
}
