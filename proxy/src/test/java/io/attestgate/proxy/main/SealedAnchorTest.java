package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.policy.read.PolicyAnchor;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealedAnchorTest {
    private static final PolicyAnchor ANCHOR =
            new PolicyAnchor(
                    31337,
                    Address.parse("0x5fbdb2315678afecb367f032d93f642f64180aa3").orElseThrow(),
                    7,
                    Hash32.of(new byte[32]),
                    42,
                    Hash32.parse("0x" + "ab".repeat(32)).orElseThrow(),
                    Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir private Path folder;

    @Test
    void whatWasKeptIsThereAfterARestart() throws Exception {
        try (SealedStore store = open()) {
            SealedAnchor anchor = new SealedAnchor(store.compartment(Purpose.ANCHOR));
            assertThat(anchor.load()).isEmpty();
            anchor.store(ANCHOR);
        }
        try (SealedStore store = open()) {
            assertThat(new SealedAnchor(store.compartment(Purpose.ANCHOR)).load()).contains(ANCHOR);
        }
    }

    @Test
    void anAnchorWithAFieldMissingIsNotHalfBelieved() throws Exception {
        try (SealedStore store = open()) {
            Compartment compartment = store.compartment(Purpose.ANCHOR);
            compartment.commit(
                    Changes.none()
                            .put("anchor", "{\"block\":42}".getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> new SealedAnchor(compartment).load())
                    .isInstanceOf(IOException.class);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // Each test closes it.
    private SealedStore open() throws Exception {
        Platform platform = SimulatedPlatform.open(Hash32.ZERO, folder, Hash32.ZERO);
        return SealedStore.open(folder, platform, Hash32.ZERO);
    }
}
