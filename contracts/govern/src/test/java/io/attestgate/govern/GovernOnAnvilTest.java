package io.attestgate.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.govern.GovernException.Cause;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Deploys to a real development chain and changes what is there. */
@RequiresPeer("anvil")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GovernOnAnvilTest {
    private static final DevnetKey GOVERNOR = key(0);
    private static final DevnetKey GUARDIAN = key(1);
    private static final DevnetKey CONTROLLER = key(2);
    private static final DevnetKey PAUPER =
            DevnetKey.parse("0x" + "42".repeat(Hash32.SIZE_BYTES)).orElseThrow();
    private static final byte[] DOCUMENT =
            "{\"domain\":\"app.example\"}".getBytes(StandardCharsets.UTF_8);
    private static final Hash32 MEASUREMENT = Hash32.of(Digests.keccak256(DOCUMENT));

    private Anvil anvil;
    private Deployed deployed;

    private static DevnetKey key(int number) {
        return DevnetKey.parse(Anvil.KEYS.get(number)).orElseThrow();
    }

    @BeforeAll
    void deploy() throws IOException, GovernException {
        anvil = Anvil.start();
        Roles roles = new Roles(GOVERNOR.address(), Optional.of(GUARDIAN.address()));
        deployed = Deployment.deploy(anvil.rpc(), GOVERNOR, roles);
    }

    @AfterAll
    void stop() {
        anvil.close();
    }

    @Test
    void aDeploymentHasTheCodeHashesOfThisReleaseAndItsRolesInNamedSlots() throws GovernException {
        assertThat(deployed.chainId()).isEqualTo(Anvil.CHAIN_ID);
        ContractArtifact policy = ContractArtifact.load("GatewayPolicy");
        assertThat(deployed.codeHashes())
                .containsEntry(deployed.gatewayPolicy(), policy.codeHash())
                .containsEntry(
                        deployed.measurementRegistry(),
                        ContractArtifact.load("MeasurementRegistry").codeHash());
        assertThat(deployed.codeHashes())
                .containsEntry(deployed.heartbeat(), ContractArtifact.load("Heartbeat").codeHash());
        assertThat(addressAt(policy.slot("heartbeat").number())).isEqualTo(deployed.heartbeat());
        assertThat(addressAt(policy.slot("governor").number())).isEqualTo(GOVERNOR.address());
        assertThat(addressAt(policy.slot("guardian").number())).isEqualTo(GUARDIAN.address());
        assertThat(addressAt(policy.slot("measurementRegistry").number()))
                .isEqualTo(deployed.measurementRegistry());
    }

    @Test
    void aPublishedDocumentIsInTheHeadAndOnTheChain() throws GovernException {
        Published first = publisher(GOVERNOR).publish("app.example", DOCUMENT);
        assertThat(first.documentHash()).isEqualTo(Hash32.of(Digests.keccak256(DOCUMENT)));
        assertThat(first.head()).isEqualTo(word(slot("head")));
        assertThat(first.epoch()).isEqualTo(number(word(slot("epoch"))));
        Published second = publisher(GOVERNOR).publish("app.example", DOCUMENT);
        assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
        assertThat(second.head()).isNotEqualTo(first.head());
    }

    @Test
    void theLargestDocumentFitsTheGasThatIsSetByHand() throws GovernException {
        byte[] largest = new byte[24_575];
        Arrays.fill(largest, (byte) 'x');
        Published published = publisher(GOVERNOR).publish("large.example", largest);
        assertThat(published.documentHash()).isEqualTo(Hash32.of(Digests.keccak256(largest)));
        assertRefused("DocumentTooLong", () -> publish(GOVERNOR, "large.example", 24_576));
    }

    @Test
    void aNameOf127LabelsFitsTheGasThatIsSetByHand() throws GovernException {
        publisher(GOVERNOR).delegate("a", CONTROLLER.address(), 1);
        String deep = "a.".repeat(126) + "a";
        publisher(CONTROLLER).publish(deep, DOCUMENT);
        Change withdrawn = publisher(CONTROLLER).withdraw(deep);
        assertThat(withdrawn.epoch()).isPositive();
    }

    @Test
    void aControllerChangesHisNamesAndNoOthers() throws GovernException {
        publisher(GOVERNOR).delegate("tenant.example", CONTROLLER.address(), 1);
        publish(CONTROLLER, "*.tenant.example", 10);
        assertRefused("NamesExhausted", () -> publish(CONTROLLER, "b.tenant.example", 10));
        assertRefused("NotController", () -> publish(CONTROLLER, "eviltenant.example", 10));
        publisher(CONTROLLER).withdraw("*.tenant.example");
        publisher(GOVERNOR).clearTombstone("*.tenant.example");
        publisher(GOVERNOR).endDelegation("tenant.example");
        assertRefused("NotController", () -> publish(CONTROLLER, "*.tenant.example", 10));
    }

    @Test
    void theGuardianFreezesAndHaltsAndTheGovernorLifts() throws Exception {
        Instant until = chainTime().plus(Duration.ofDays(1));
        publisher(GUARDIAN).freeze(until);
        assertRefused("FrozenUntil", () -> publish(GOVERNOR, "frozen.example", 10));
        publisher(GOVERNOR).liftFreeze();
        publisher(GUARDIAN).halt("halted.example", until);
        publisher(GOVERNOR).lift("halted.example");
        assertRefused("HaltRestsUntil", () -> publisher(GUARDIAN).halt("halted.example", until));
        assertRefused("NotGuardian", () -> publisher(GOVERNOR).halt("halted.example", until));
    }

    @Test
    void aMeasurementIsAllowedSupersededAndRevoked() throws Exception {
        Hash32 newer = Hash32.of(Digests.sha256(DOCUMENT));
        Instant until = chainTime().plus(Duration.ofDays(30));
        MeasurementPublisher registry = registry(GOVERNOR);
        registry.allow(MEASUREMENT, "simulated", until);
        registry.allow(newer, "simulated", until);
        registry.supersede(MEASUREMENT, newer, Duration.ofHours(1));
        registry(GUARDIAN).revoke(MEASUREMENT);
        assertRefused("Revoked", () -> registry.allow(MEASUREMENT, "simulated", until));
        assertRefused("NotGovernor", () -> registry(GUARDIAN).allow(newer, "simulated", until));
    }

    @Test
    void aRefusalIsToldInTheContractsWords() {
        GovernException refused = refusal(() -> publish(CONTROLLER, "app.example", 10));
        assertThat(refused.whose()).isEqualTo(Cause.REFUSED);
        assertThat(refused.retryable()).isFalse();
        assertThat(refused)
                .hasMessage(
                        "refused: NotController(name: \"app.example\", caller: %s) The caller is"
                                + " neither the governor nor the controller of `name`.",
                        CONTROLLER.address());
    }

    @Test
    void anotherChainThanNamedIsRefused() {
        PolicyPublisher elsewhere =
                new PolicyPublisher(anvil.rpc(), 1, deployed.gatewayPolicy(), GOVERNOR);
        assertThat(refusal(() -> elsewhere.publish("app.example", DOCUMENT)).whose())
                .isEqualTo(Cause.WRONG_CHAIN);
    }

    @Test
    void anAddressWithOtherCodeOrNoneIsRefused() {
        assertThat(refusal(() -> at(deployed.measurementRegistry()).withdraw("x")).whose())
                .isEqualTo(Cause.WRONG_CODE);
        assertThat(refusal(() -> at(PAUPER.address()).withdraw("x")).whose())
                .isEqualTo(Cause.WRONG_CODE);
    }

    @Test
    void anAccountThatCannotPayIsTold() {
        assertThat(refusal(() -> publish(PAUPER, "app.example", 10)).whose())
                .isEqualTo(Cause.UNDERFUNDED);
    }

    @Test
    void anEndpointThatIsNotThereMayBeTriedAgain() {
        URI nowhere = URI.create("http://127.0.0.1:1/");
        PolicyPublisher publisher =
                new PolicyPublisher(nowhere, Anvil.CHAIN_ID, deployed.gatewayPolicy(), GOVERNOR);
        GovernException refused = refusal(() -> publisher.publish("app.example", DOCUMENT));
        assertThat(refused.whose()).isEqualTo(Cause.ENDPOINT);
        assertThat(refused.retryable()).isTrue();
    }

    private PolicyPublisher publisher(DevnetKey key) {
        return new PolicyPublisher(anvil.rpc(), Anvil.CHAIN_ID, deployed.gatewayPolicy(), key);
    }

    private PolicyPublisher at(Address contract) {
        return new PolicyPublisher(anvil.rpc(), Anvil.CHAIN_ID, contract, GOVERNOR);
    }

    private MeasurementPublisher registry(DevnetKey key) {
        return new MeasurementPublisher(
                anvil.rpc(), Anvil.CHAIN_ID, deployed.measurementRegistry(), key);
    }

    private Published publish(DevnetKey key, String name, int sizeBytes) throws GovernException {
        return publisher(key).publish(name, new byte[sizeBytes]);
    }

    private static void assertRefused(String error, ThrowingCallable call) {
        assertThat(refusal(call).error()).hasValue(error);
    }

    private static GovernException refusal(ThrowingCallable call) {
        return catchThrowableOfType(GovernException.class, call);
    }

    private long slot(String label) {
        return ContractArtifact.load("GatewayPolicy").slot(label).number();
    }

    private byte[] word(long slot, Address contract) throws GovernException {
        try (Endpoint rpc = new Endpoint(EndpointAccess.to(anvil.rpc()))) {
            return rpc.bytes(
                    "eth_getStorageAt",
                    contract.toString(),
                    "0x" + Long.toHexString(slot),
                    "latest");
        }
    }

    private Hash32 word(long slot) throws GovernException {
        return Hash32.of(word(slot, deployed.gatewayPolicy()));
    }

    private Address addressAt(long slot) throws GovernException {
        return Address.of(Arrays.copyOfRange(word(slot).bytes(), 12, 32));
    }

    private static long number(Hash32 word) {
        return new BigInteger(1, word.bytes()).longValueExact();
    }

    private Instant chainTime() throws RpcException {
        try (JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Json block =
                    rpc.call("eth_getBlockByNumber", new Json.Text("latest"), new Json.Bool(false));
            String timestamp = Endpoint.text((Json.Obj) block, "timestamp").orElseThrow();
            return Instant.ofEpochSecond(Long.decode(timestamp));
        }
    }
}
