package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The contracts that a policy names, read under the block of its reading. */
@RequiresPeer("anvil")
class ProvenContractTest {
    private static final ContractArtifact HEARTBEAT = ContractArtifact.load("Heartbeat");
    private static final ContractArtifact REGISTRY = ContractArtifact.load("MeasurementRegistry");

    @Test
    void aNonceThatWasSentIsProvenWithItsBlockAndAnotherIsProvenAbsent() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                ProvenSource source = source(policy)) {
            Address heartbeat = policy.deploy("Heartbeat", new AbiEncoder());
            Hash32 nonce = HonestChain.hash("nonce");
            policy.name("setHeartbeat(address)", heartbeat);
            source.read();
            assertThat(
                            source.newest()
                                    .orElseThrow()
                                    .contract(heartbeat, HEARTBEAT.codeHash())
                                    .word(Slots.under(HEARTBEAT.slot("blockOf"), nonce)))
                    .as("of a contract without any storage")
                    .isEqualTo(Hash32.ZERO);
            policy.call(heartbeat, "beat(bytes32)", new AbiEncoder().bytes32(nonce));

            PolicyReading reading = source.read();

            assertThat(reading.dependencies().heartbeat()).contains(heartbeat);
            ProvenContract contract =
                    source.newest().orElseThrow().contract(heartbeat, HEARTBEAT.codeHash());
            StorageSlot blockOf = HEARTBEAT.slot("blockOf");
            long block = number(contract.word(Slots.under(blockOf, nonce)));
            assertThat(block).isEqualTo(reading.point().block());
            assertThat(contract.word(Slots.under(blockOf, HonestChain.hash("another"))))
                    .isEqualTo(Hash32.ZERO);
        }
    }

    @Test
    void theEntryOfAMeasurementIsProven() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                ProvenSource source = source(policy)) {
            Address governor = Address.parse(PolicyOnAnvil.GOVERNOR).orElseThrow();
            Address registry =
                    policy.deploy(
                            "MeasurementRegistry",
                            new AbiEncoder().address(governor).address(Address.ZERO));
            policy.name("setMeasurementRegistry(address)", registry);
            Hash32 measurement = HonestChain.hash("measurement");
            policy.call(registry, "revoke(bytes32)", new AbiEncoder().bytes32(measurement));

            PolicyReading reading = source.read();

            assertThat(reading.dependencies().measurementRegistry()).contains(registry);
            StorageSlot revokedAt = REGISTRY.member("Entry", "revokedAt");
            Hash32 entry = Slots.under(REGISTRY.slot("_entries"), measurement);
            Hash32 word =
                    source.newest()
                            .orElseThrow()
                            .contract(registry, REGISTRY.codeHash())
                            .word(Slots.plus(entry, revokedAt.number()));
            assertThat(new Word(word).time(revokedAt).orElseThrow())
                    .isAfter(reading.point().blockTime().minusSeconds(60))
                    .isBeforeOrEqualTo(reading.point().blockTime());
        }
    }

    @Test
    void aSlotThatNamesOtherCodeOrNoneIsRefused() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                ProvenSource source = source(policy)) {
            Address other = policy.pinned().contract();
            Address nobody = Address.parse("0x" + "77".repeat(20)).orElseThrow();
            policy.name("setHeartbeat(address)", other);
            policy.name("setSuccessor(address)", nobody);
            Dependencies named = source.read().dependencies();

            assertFails(source, named.heartbeat().orElseThrow(), Failure.WRONG_CODE);
            assertFails(source, named.successor().orElseThrow(), Failure.NO_CONTRACT);
            assertFails(
                    source,
                    Address.parse(PolicyOnAnvil.GOVERNOR).orElseThrow(),
                    Failure.NO_CONTRACT);
            assertThat(named.enclaveRegistry()).isEmpty();
        }
    }

    @Test
    void aHaltIsProvenBeforeItsBlockIsFinal() throws Exception {
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy();
                ProvenSource source = source(policy)) {
            policy.publish("app.example", new byte[] {'{', '}'});
            PolicyReading before = source.read();
            assertThat(source.early().orElseThrow().halts()).isEmpty();
            long until = before.point().blockTime().getEpochSecond() + 86_400;
            policy.haltUnfinalised("app.example", until);

            EarlyPolicy early = source.early().orElseThrow();

            assertThat(early.block().header().number()).isGreaterThan(before.point().block());
            assertThat(early.halts().values())
                    .singleElement()
                    .extracting(halt -> halt.until().getEpochSecond())
                    .isEqualTo(until);
            assertThat(source.read().names()).isEqualTo(before.names());
        }
    }

    private static void assertFails(ProvenSource source, Address address, Failure failure) {
        ProvenContract contract =
                source.newest().orElseThrow().contract(address, HEARTBEAT.codeHash());
        assertThatExceptionOfType(PolicyReadException.class)
                .isThrownBy(() -> contract.word(Hash32.ZERO))
                .extracting(PolicyReadException::failure)
                .isEqualTo(failure);
    }

    private static long number(Hash32 word) {
        return new BigInteger(1, word.bytes()).longValueExact();
    }

    private static ProvenSource source(PolicyOnAnvil policy) {
        return ProvenSource.devnet(
                policy.pinned(), JsonRpc.open(policy.anvil().rpc()), AnchorStore.inMemory());
    }
}
