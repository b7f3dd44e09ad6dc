package io.attestgate.attest.seal;

import static io.attestgate.attest.seal.StoreFixture.put;
import static io.attestgate.attest.seal.StoreFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.platform.KeyProvider;
import io.attestgate.attest.seal.SealException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a store does whose secret somebody else has, before and after he is allowed. */
@SuppressWarnings("MustBeClosedChecker") // Each test closes what it opens.
final class KeyProviderGateTest {
    private static final List<Purpose> KEYS =
            List.of(
                    StoreFixture.TLS,
                    Purpose.ACME_ACCOUNT,
                    Purpose.CLUSTER,
                    Purpose.MESH,
                    Purpose.UPGRADE);

    private final FragileDisk disk = new FragileDisk();

    private SealedStore open() throws Exception {
        return SealedStore.open(
                disk,
                () -> {},
                new ProvidedPlatform(StoreFixture.platform(disk), new KeyProvider("kms", "3059")),
                StoreFixture.CONFIG);
    }

    @Test
    void beforeAPolicyAllowsTheProviderOnlyThePolicyItselfIsOpenedAndSealed() throws Exception {
        try (SealedStore store = open()) {
            Compartment anchor = store.compartment(Purpose.ANCHOR);
            anchor.commit(put(Map.of("policy", "epoch 7")));

            assertThat(text(anchor, "policy")).contains("epoch 7");
            for (Purpose purpose : KEYS) {
                assertRefused(store.compartment(purpose));
            }
            assertThat(store.purposes()).containsExactly(Purpose.ANCHOR);
        }
    }

    private static void assertRefused(Compartment compartment) {
        assertThat(
                        catchThrowableOfType(
                                        SealException.class,
                                        () -> compartment.commit(put(Map.of("a", "key"))))
                                .reason())
                .isEqualTo(Reason.PROVIDER);
        assertThat(catchThrowableOfType(SealException.class, () -> text(compartment, "a")).reason())
                .isEqualTo(Reason.PROVIDER);
    }

    @Test
    void whatAnAllowedProviderLetBeSealedIsShutAgainByARestartAndByAPolicyThatTakesItBack()
            throws Exception {
        try (SealedStore store = open()) {
            store.allowKeyProvider();
            store.compartment(StoreFixture.TLS).commit(put(Map.of("a", "key")));
        }
        try (SealedStore store = open()) {
            Compartment compartment = store.compartment(StoreFixture.TLS);
            assertRefused(compartment);
            store.allowKeyProvider();
            assertThat(text(compartment, "a")).contains("key");
            store.refuseKeyProvider();
            assertRefused(compartment);
        }
    }

    @Test
    void whereTheSecretIsThePlatformsOwnNobodyIsAsked() throws Exception {
        try (SealedStore store = StoreFixture.open(disk)) {
            store.refuseKeyProvider();
            Compartment compartment = store.compartment(StoreFixture.TLS);
            compartment.commit(put(Map.of("a", "key")));

            assertThat(text(compartment, "a")).contains("key");
        }
    }
}
