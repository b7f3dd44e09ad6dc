package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.NameEntry.Status;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The reader on a real chain with the real contract. */
@RequiresPeer("anvil")
class ProvenSourceTest {
    private static final byte[] DOCUMENT = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    @Test
    void everyNameIsReadWithAllThatStandsInItsSlots() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                ProvenSource source = source(policy)) {
            String longName = "a-label-that-makes-this-name-long.sub.domain.of.some.example";
            byte[] large = new byte[24_575];
            policy.publish("", DOCUMENT);
            policy.publish("app.example", large);
            policy.publish(longName, DOCUMENT);
            policy.publish("gone.example", DOCUMENT);
            policy.withdraw("gone.example");
            policy.delegate("tenant.example", PolicyOnAnvil.GUARDIAN);
            long until = source.read().point().blockTime().getEpochSecond() + 86_400;
            policy.halt("app.example", until);
            policy.lift("app.example");

            PolicyReading reading = source.read();

            assertThat(reading.names().keySet())
                    .extracting(PolicyName::value)
                    .containsExactly("", longName, "app.example", "gone.example", "tenant.example");
            assertThat(entry(reading, longName).document()).contains(StoredDocument.of(DOCUMENT));
            NameEntry app = entry(reading, "app.example");
            assertThat(app.document().orElseThrow().bytes()).isEqualTo(large);
            assertThat(app.halt().orElseThrow().until().getEpochSecond()).isEqualTo(until);
            assertThat(app.halt().orElseThrow().lifted()).isPresent();
            assertThat(app.halt().orElseThrow().stands(reading.point().blockTime())).isFalse();
            assertThat(entry(reading, "gone.example").status()).isEqualTo(Status.WITHDRAWN);
            assertThat(entry(reading, "tenant.example"))
                    .isEqualTo(
                            new NameEntry(
                                    Status.LISTED,
                                    Optional.empty(),
                                    Address.parse(PolicyOnAnvil.GUARDIAN),
                                    Optional.empty()));
            assertThat(reading.point().epoch()).isEqualTo(10);
            assertThat(reading.point().head()).isNotEqualTo(Hash32.ZERO);
        }
    }

    @Test
    void whatIsNotFinalisedIsNotSeen() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                ProvenSource source = source(policy)) {
            policy.publish("app.example", DOCUMENT);
            PolicyReading before = source.read();
            policy.publishUnfinalised("other.example", DOCUMENT);

            assertThat(source.read().names()).isEqualTo(before.names());
            policy.mine(2);
            assertThat(source.read().names()).containsKey(new PolicyName("other.example"));
        }
    }

    @Test
    void underAnUnchangedHeadTheNamesAreTheSameAndTheBlockIsNewer() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                ProvenSource source = source(policy)) {
            policy.publish("app.example", DOCUMENT);
            PolicyReading before = source.read();
            policy.mine(5);

            PolicyReading after = source.read();

            assertThat(after.names()).isEqualTo(before.names());
            assertThat(after.point().block()).isEqualTo(before.point().block() + 5);
            assertThat(after.point().head()).isEqualTo(before.point().head());
        }
    }

    @Test
    void otherCodeThanThePinnedIsRefused() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy()) {
            PinnedContract other =
                    new PinnedContract(
                            policy.pinned().chainId(), policy.pinned().contract(), Hash32.ZERO);
            try (ProvenSource source =
                    ProvenSource.devnet(
                            other, JsonRpc.open(policy.anvil().rpc()), AnchorStore.inMemory())) {
                assertFails(source, Failure.WRONG_CODE);
            }
        }
    }

    @Test
    void aChainThatBeganAnewIsRefusedByTheAnchor() throws Exception {
        AnchorStore store = AnchorStore.inMemory();
        PinnedContract pinned;
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                ProvenSource source =
                        ProvenSource.devnet(
                                policy.pinned(), JsonRpc.open(policy.anvil().rpc()), store)) {
            pinned = policy.pinned();
            policy.publish("app.example", DOCUMENT);
            source.read();
        }
        try (PolicyOnAnvil rolledBack = PolicyOnAnvil.deploy();
                ProvenSource source =
                        ProvenSource.devnet(
                                pinned, JsonRpc.open(rolledBack.anvil().rpc()), store)) {
            assertFails(source, Failure.OLDER_BLOCK);
            rolledBack.mine(20);
            assertFails(source, Failure.LOWER_EPOCH);
        }
    }

    @Test
    void manyNamesAreReadInBatches() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                ProvenSource source = source(policy)) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                names.add("n%03d.example".formatted(i));
                policy.publishUnfinalised(names.getLast(), DOCUMENT);
            }
            policy.mine(2);

            assertThat(source.read().names().keySet())
                    .extracting(PolicyName::value)
                    .containsExactlyElementsOf(names);
        }
    }

    private static void assertFails(ProvenSource source, Failure failure) {
        assertThatExceptionOfType(PolicyReadException.class)
                .isThrownBy(source::read)
                .extracting(PolicyReadException::failure)
                .isEqualTo(failure);
    }

    private static NameEntry entry(PolicyReading reading, String name) {
        return Optional.ofNullable(reading.names().get(new PolicyName(name))).orElseThrow();
    }

    private static ProvenSource source(PolicyOnAnvil policy) {
        return ProvenSource.devnet(
                policy.pinned(), JsonRpc.open(policy.anvil().rpc()), AnchorStore.inMemory());
    }
}
