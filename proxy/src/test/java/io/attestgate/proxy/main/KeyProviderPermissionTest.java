package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.evidence.Attestor;
import io.attestgate.attest.platform.KeyProvider;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An enclave whose sealing secret a key provider has, under policies that allow him and not. */
final class KeyProviderPermissionTest {
    private static final String ALLOWED = ",\"keyProviders\":[{\"id\":\"3059\",\"name\":\"kms\"}]";
    private static final String ANOTHER = ",\"keyProviders\":[{\"id\":\"3060\",\"name\":\"kms\"}]";

    @TempDir private Path state = Path.of("");

    private final Closing closing = new Closing();
    private Enclave enclave;

    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // Closing closes it.
    void open() throws Exception {
        Platform platform = provided(SimulatedPlatform.open(Hash32.ZERO, state, Hash32.ZERO));
        enclave =
                new Enclave(
                        platform,
                        platform.measurement(Hash32.ZERO),
                        Hash32.ZERO,
                        Optional.empty(),
                        closing.add(SealedStore.open(state, platform, Hash32.ZERO)),
                        new Attestor(platform, Runnable::run),
                        Optional.empty());
    }

    @AfterEach
    void close() {
        closing.close();
    }

    /** That platform, but for its key provider. */
    private static Platform provided(Platform platform) {
        return (Platform)
                Proxy.newProxyInstance(
                        Platform.class.getClassLoader(),
                        new Class<?>[] {Platform.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("keyProvider")) {
                                return Optional.of(new KeyProvider("kms", "3059"));
                            }
                            try {
                                return method.invoke(platform, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private Snapshot policy(String providers) {
        String document =
                """
                {"authorities":["https://acme.example/dir"],"domain":"",\
                "evidence":{"atLeast":1,"require":[{"kind":"simulated",\
                "roots":["development"]}]},"instances":"any"%s,"platforms":["simulated"],\
                "rollbackRisk":"accepted"%s,"tcbStates":["unjudged"]}\
                """
                        .formatted(
                                providers,
                                providers.isEmpty() ? "" : ",\"sealing\":\"key-provider\"");
        PolicyPoint point =
                new PolicyPoint(
                        1, Address.ZERO, 1, Hash32.ZERO, 1, Hash32.ZERO, Instant.ofEpochSecond(1));
        return new SnapshotBuilder(
                        Enforcer.simulated(Enforcer.Rollback.UNPROTECTED)
                                .withKeyProvider(enclave.keyProvider().orElseThrow()))
                .next(
                        Optional.empty(),
                        PolicyReading.of(
                                point,
                                Map.of(
                                        PolicyName.GATEWAY,
                                        NameEntry.published(
                                                StoredDocument.of(
                                                        document.getBytes(
                                                                StandardCharsets.UTF_8))))));
    }

    private void seal() throws SealException {
        Compartment accounts = enclave.accountKeys();
        accounts.commit(Changes.none().put("a", new byte[] {1}));
    }

    private void assertNothingIsSealed() {
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(this::seal)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SealException.Reason.PROVIDER));
    }

    @Test
    void noKeyIsSealedBeforeAPolicyIsRead() {
        assertNothingIsSealed();
    }

    @Test
    void keysAreSealedWhileThePolicyNamesTheProviderAndNoLonger() throws SealException {
        enclave.obeyForKeys(policy(ALLOWED));
        seal();
        assertThat(policy(ALLOWED).gatewayFaults()).isEmpty();

        for (String refusing : new String[] {"", ANOTHER}) {
            Snapshot refused = policy(refusing);
            enclave.obeyForKeys(refused);

            assertNothingIsSealed();
            assertThat(refused.gateway()).isEmpty();
            assertThat(refused.gatewayFaults()).hasSize(1);
        }
    }
}
