package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.beacon.LightClientCheckpoint;
import io.attestgate.policy.read.PolicyAnchor;
import io.attestgate.policy.read.PolicyPoint;
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
    void whatGoesBackIsRefusedByItsNameAfterARestart() throws Exception {
        try (SealedStore store = open()) {
            new SealedAnchor(store.compartment(Purpose.ANCHOR)).store(ANCHOR);
        }
        try (SealedStore store = open()) {
            PolicyAnchor kept =
                    new SealedAnchor(store.compartment(Purpose.ANCHOR)).load().orElseThrow();
            Hash32 other = Hash32.parse("0x" + "cd".repeat(32)).orElseThrow();

            assertThat(refusal(kept, 31337, 6, ANCHOR.head(), 43, other))
                    .isEqualTo(Failure.LOWER_EPOCH);
            assertThat(refusal(kept, 31337, 7, other, 43, other)).isEqualTo(Failure.FORKED_HEAD);
            assertThat(refusal(kept, 31337, 7, ANCHOR.head(), 42, other))
                    .isEqualTo(Failure.FORKED_HEAD);
            assertThat(refusal(kept, 31337, 7, ANCHOR.head(), 41, other))
                    .isEqualTo(Failure.OLDER_BLOCK);
            assertThat(refusal(kept, 1, 7, ANCHOR.head(), 43, other))
                    .isEqualTo(Failure.WRONG_CHAIN);
            kept.requireNotBefore(point(31337, 7, ANCHOR.head(), 43, other));
        }
    }

    private static Failure refusal(
            PolicyAnchor kept, long chain, long epoch, Hash32 head, long block, Hash32 blockHash) {
        PolicyPoint point = point(chain, epoch, head, block, blockHash);
        return catchThrowableOfType(PolicyReadException.class, () -> kept.requireNotBefore(point))
                .failure();
    }

    private static PolicyPoint point(
            long chain, long epoch, Hash32 head, long block, Hash32 blockHash) {
        return new PolicyPoint(
                chain,
                ANCHOR.contract(),
                epoch,
                head,
                block,
                blockHash,
                ANCHOR.blockTime().plusSeconds(12 * (block - ANCHOR.block())));
    }

    @Test
    void theLightClientsCheckpointIsKeptBesideIt() throws Exception {
        LightClientCheckpoint checkpoint =
                new LightClientCheckpoint(Hash32.ZERO, 9_000_000, ANCHOR.blockHash());
        try (SealedStore store = open()) {
            Compartment compartment = store.compartment(Purpose.ANCHOR);
            assertThat(new SealedCheckpoint(compartment).load()).isEmpty();
            new SealedCheckpoint(compartment).store(checkpoint);
            new SealedAnchor(compartment).store(ANCHOR);
        }
        try (SealedStore store = open()) {
            Compartment compartment = store.compartment(Purpose.ANCHOR);
            assertThat(new SealedCheckpoint(compartment).load()).contains(checkpoint);
            assertThat(new SealedAnchor(compartment).load()).contains(ANCHOR);
            compartment.commit(
                    Changes.none().put("light-client", "{}".getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> new SealedCheckpoint(compartment).load())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anAnchorOfAnotherVersionIsNotBelieved() throws Exception {
        try (SealedStore store = open()) {
            Compartment compartment = store.compartment(Purpose.ANCHOR);
            new SealedAnchor(compartment).store(ANCHOR);
            byte[] version1;
            try (SecretMemory sealed = compartment.open("anchor").orElseThrow()) {
                version1 = sealed.lend(byte[]::clone);
            }
            String version2 =
                    new String(version1, StandardCharsets.UTF_8)
                            .replace("\"version\":1", "\"version\":2");
            compartment.commit(
                    Changes.none().put("anchor", version2.getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> new SealedAnchor(compartment).load())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("version");
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
