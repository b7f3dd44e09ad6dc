package io.attestgate.client.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The view against a real chain. */
@RequiresPeer("anvil")
final class DevnetViewTest {
    private static final Hash32 MEASUREMENT = keccak("measurement");
    private static final Hostname HOST = new Hostname("app.example");
    private static final Address GOVERNOR = Address.parse(Anvil.ADDRESSES.getFirst()).orElseThrow();

    @Test
    void theViewIsOfTheFinalisedStateAndOfTheClaimedEpoch() throws IOException, RpcException {
        try (Anvil anvil = Anvil.start();
                JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Address contract = deploy(rpc, Address.ZERO);
            publish(rpc, contract, "", "gateway");
            publish(rpc, contract, "*.example", "wildcard");
            mine(rpc, 3);
            DevnetView view = view(anvil, contract);
            ContractReading first = newest(view, contract);

            assertThat(first.chainId()).isEqualTo(Anvil.CHAIN_ID);
            assertThat(first.epoch()).isPositive();
            assertThat(first.gatewayDocument()).isEqualTo(keccak("gateway"));
            assertThat(first.hostDocument())
                    .contains(Map.entry(new PolicyName("*.example"), keccak("wildcard")));

            PolicyReference then =
                    claim(contract, first.epoch(), first.head(), first.newest().number());
            publish(rpc, contract, "app.example", "exact");
            mine(rpc, 3);
            ContractReading second = read(view, then);

            assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
            assertThat(second.head()).isNotEqualTo(first.head());
            assertThat(second.headAtClaimedEpoch()).isEqualTo(first.head());
            assertThat(second.claimedBlock()).contains(first.newest());
            assertThat(second.hostDocument())
                    .as("at the claimed state")
                    .contains(Map.entry(new PolicyName("*.example"), keccak("wildcard")));

            ContractReading third = newest(view, contract);
            assertThat(third.hostDocument())
                    .contains(Map.entry(new PolicyName("app.example"), keccak("exact")));
        }
    }

    @Test
    void theMeasurementsTrustIsThatOfTheRegistryWhichTheContractNames()
            throws IOException, RpcException {
        try (Anvil anvil = Anvil.start();
                JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Address registry =
                    deploy(
                            rpc,
                            "MeasurementRegistry",
                            new AbiEncoder().address(GOVERNOR).address(Address.ZERO));
            Address contract = deploy(rpc, registry);
            mine(rpc, 3);
            DevnetView view = view(anvil, contract);
            ContractReading before = newest(view, contract);
            long until = before.newest().time().getEpochSecond() + 3600;
            call(
                    rpc,
                    registry,
                    "allow(bytes32,string,uint64)",
                    new AbiEncoder().bytes32(MEASUREMENT).string("simulated").uint(until));
            mine(rpc, 3);
            ContractReading allowed = newest(view, contract);
            call(rpc, registry, "revoke(bytes32)", new AbiEncoder().bytes32(MEASUREMENT));
            mine(rpc, 3);
            ContractReading revoked = newest(view, contract);

            assertThat(trusted(before)).isFalse();
            assertThat(trusted(allowed)).isTrue();
            assertThat(allowed.measurement().orElseThrow().validUntil())
                    .contains(Instant.ofEpochSecond(until));
            assertThat(trusted(revoked)).isFalse();
        }
    }

    private static boolean trusted(ContractReading reading) {
        return reading.measurement().orElseThrow().isTrusted(reading.newest().time());
    }

    @Test
    void aRegistryWithOtherCodeIsRefused() throws IOException, RpcException {
        try (Anvil anvil = Anvil.start();
                JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Address contract = deploy(rpc, deploy(rpc, Address.ZERO));
            mine(rpc, 3);
            ContractQuestion question =
                    new ContractQuestion(
                            claim(contract, 0, Hash32.ZERO, 0), HOST, Optional.of(MEASUREMENT));

            assertThat(view(anvil, contract).read(question)).isInstanceOf(Parsed.Bad.class);
        }
    }

    @Test
    void whatIsNotFinalIsNotSeen() throws IOException, RpcException {
        try (Anvil anvil = Anvil.start();
                JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Address contract = deploy(rpc, Address.ZERO);
            mine(rpc, 3);
            DevnetView view = view(anvil, contract);
            ContractReading before = read(view, claim(contract, 0, Hash32.ZERO, 0));
            publish(rpc, contract, "", "gateway");
            ContractReading after = read(view, claim(contract, 0, Hash32.ZERO, 1 << 20));

            assertThat(after.epoch()).isEqualTo(before.epoch());
            assertThat(after.claimedBlock()).isEmpty();
        }
    }

    @Test
    void anAddressWithOtherCodeOrNoneIsRefused() throws IOException, RpcException {
        try (Anvil anvil = Anvil.start()) {
            assertThat(view(anvil, GOVERNOR).read(nothing())).isInstanceOf(Parsed.Bad.class);
        }
    }

    private static DevnetView view(Anvil anvil, Address contract) {
        return new DevnetView(anvil.rpc(), contract, Optional.of(Anvil.CHAIN_ID));
    }

    @Test
    void anotherChainThanTheReadersIsRefused() throws IOException, RpcException {
        try (Anvil anvil = Anvil.start()) {
            DevnetView other = new DevnetView(anvil.rpc(), GOVERNOR, Optional.of(1L));

            assertThat(other.read(nothing()).faults())
                    .singleElement()
                    .extracting(Fault::expected)
                    .isEqualTo("1");
        }
    }

    private static PolicyReference claim(Address contract, long epoch, Hash32 head, long block) {
        return new PolicyReference(Anvil.CHAIN_ID, contract, epoch, head, block, Hash32.ZERO);
    }

    /** What the view says to somebody who claims what it says. */
    private static ContractReading newest(DevnetView view, Address contract) {
        ContractReading own = read(view, claim(contract, 0, Hash32.ZERO, 0));
        return read(view, claim(contract, own.epoch(), own.head(), own.newest().number()));
    }

    private static ContractQuestion nothing() {
        return new ContractQuestion(claim(GOVERNOR, 0, Hash32.ZERO, 0), HOST, Optional.empty());
    }

    private static ContractReading read(DevnetView view, PolicyReference claimed) {
        Parsed<ContractReading> reading =
                view.read(new ContractQuestion(claimed, HOST, Optional.of(MEASUREMENT)));
        assertThat(reading.faults()).isEmpty();
        return reading.toOptional().orElseThrow();
    }

    /** A GatewayPolicy whose registry is {@code registry}. */
    private static Address deploy(JsonRpc rpc, Address registry) throws IOException, RpcException {
        return deploy(
                rpc,
                "GatewayPolicy",
                new AbiEncoder()
                        .address(GOVERNOR)
                        .address(Address.ZERO)
                        .address(registry)
                        .address(Address.ZERO)
                        .address(Address.ZERO));
    }

    private static Address deploy(JsonRpc rpc, String contract, AbiEncoder arguments)
            throws IOException, RpcException {
        byte[] code = ContractArtifact.load(contract).bytecode();
        Json receipt =
                send(
                        rpc,
                        Json.object(
                                "from", GOVERNOR.toString(),
                                "gas", "0x1000000",
                                "data", Hex.write(joined(code, arguments.encode()))));
        Json address = ((Json.Obj) receipt).get("contractAddress").orElseThrow();
        return Address.parse(((Json.Text) address).value()).orElseThrow();
    }

    private static void publish(JsonRpc rpc, Address contract, String name, String document)
            throws IOException, RpcException {
        call(
                rpc,
                contract,
                "publish(string,bytes)",
                new AbiEncoder().string(name).bytes(document.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void call(JsonRpc rpc, Address contract, String signature, AbiEncoder arguments)
            throws IOException, RpcException {
        byte[] selector = Arrays.copyOf(keccak(signature).bytes(), 4);
        Json receipt =
                send(
                        rpc,
                        Json.object(
                                "from", GOVERNOR.toString(),
                                "to", contract.toString(),
                                "gas", "0x1000000",
                                "data", Hex.write(joined(selector, arguments.encode()))));
        assertThat(((Json.Obj) receipt).get("status")).contains(new Json.Text("0x1"));
    }

    private static Json send(JsonRpc rpc, Json.Obj transaction) throws IOException, RpcException {
        Json hash = rpc.call("eth_sendTransaction", transaction);
        mine(rpc, 1);
        return rpc.call("eth_getTransactionReceipt", hash);
    }

    private static void mine(JsonRpc rpc, int blocks) throws IOException, RpcException {
        for (int i = 0; i < blocks; i++) {
            assertThat(rpc.call("evm_mine")).isNotNull();
        }
    }

    private static byte[] joined(byte[] a, byte[] b) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(a);
        joined.writeBytes(b);
        return joined.toByteArray();
    }

    private static Hash32 keccak(String text) {
        return Hash32.of(Digests.keccak256(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
