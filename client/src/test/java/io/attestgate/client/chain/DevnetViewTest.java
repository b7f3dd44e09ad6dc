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
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The view against a real chain. */
@RequiresPeer("anvil")
final class DevnetViewTest {
    private static final Hostname HOST = new Hostname("app.example");
    private static final Address GOVERNOR = Address.parse(Anvil.ADDRESSES.getFirst()).orElseThrow();

    @Test
    void theViewIsOfTheFinalisedStateAndOfTheClaimedEpoch() throws IOException, RpcException {
        try (Anvil anvil = Anvil.start();
                JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Address contract = deploy(rpc);
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
    void whatIsNotFinalIsNotSeen() throws IOException, RpcException {
        try (Anvil anvil = Anvil.start();
                JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Address contract = deploy(rpc);
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
            assertThat(view(anvil, GOVERNOR).read(claim(GOVERNOR, 0, Hash32.ZERO, 0), HOST))
                    .isInstanceOf(Parsed.Bad.class);
        }
    }

    private static DevnetView view(Anvil anvil, Address contract) {
        return new DevnetView(anvil.rpc(), contract, Optional.of(Anvil.CHAIN_ID));
    }

    @Test
    void anotherChainThanTheReadersIsRefused() throws IOException, RpcException {
        try (Anvil anvil = Anvil.start()) {
            DevnetView other = new DevnetView(anvil.rpc(), GOVERNOR, Optional.of(1L));

            assertThat(other.read(claim(GOVERNOR, 0, Hash32.ZERO, 0), HOST).faults())
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

    private static ContractReading read(DevnetView view, PolicyReference claimed) {
        Parsed<ContractReading> reading = view.read(claimed, HOST);
        assertThat(reading.faults()).isEmpty();
        return reading.toOptional().orElseThrow();
    }

    private static Address deploy(JsonRpc rpc) throws IOException, RpcException {
        byte[] arguments =
                new AbiEncoder()
                        .address(GOVERNOR)
                        .address(Address.ZERO)
                        .address(Address.ZERO)
                        .encode();
        Json receipt =
                send(
                        rpc,
                        Json.object(
                                "from", GOVERNOR.toString(),
                                "gas", "0x1000000",
                                "data",
                                        Hex.write(
                                                joined(
                                                        ContractArtifact.load("GatewayPolicy")
                                                                .bytecode(),
                                                        arguments))));
        Json address = ((Json.Obj) receipt).get("contractAddress").orElseThrow();
        return Address.parse(((Json.Text) address).value()).orElseThrow();
    }

    private static void publish(JsonRpc rpc, Address contract, String name, String document)
            throws IOException, RpcException {
        byte[] selector =
                Arrays.copyOf(
                        Digests.keccak256(
                                "publish(string,bytes)".getBytes(StandardCharsets.US_ASCII)),
                        4);
        byte[] arguments =
                new AbiEncoder()
                        .string(name)
                        .bytes(document.getBytes(StandardCharsets.US_ASCII))
                        .encode();
        Json receipt =
                send(
                        rpc,
                        Json.object(
                                "from", GOVERNOR.toString(),
                                "to", contract.toString(),
                                "gas", "0x1000000",
                                "data", Hex.write(joined(selector, arguments))));
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
