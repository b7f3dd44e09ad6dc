package io.attestgate.proxy.main;

import io.attestgate.govern.Deployment;
import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.MeasurementPublisher;
import io.attestgate.govern.PolicyPublisher;
import io.attestgate.govern.Roles;
import io.attestgate.peer.Anvil;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Address;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The real contracts on a real anvil, with who governs, who guards and who sends beats. */
final class ChainAround implements AutoCloseable {
    static final String NAME = "app.example";

    private static final String GATEWAY =
            """
            {"domain":"","authorities":["https://localhost:1/dir"],
             "evidence":{"atLeast":1,"require":[{"kind":"simulated","roots":["development"]}]},
             "instances":"any","platforms":["simulated"],"tcbStates":["unjudged"]\
            """;
    private static final String DOMAIN =
            """
            {"domain":"app.example","certificate":{"authorities":["https://localhost:1/dir"]},
             "routes":[{"upstreams":[{"url":"http://127.0.0.1:1",
                                      "upstreamTls":"none-accepted"}]}]}\
            """;

    private final Anvil anvil;
    private final JsonRpc rpc;
    private final Deployed deployed;

    private ChainAround(Anvil anvil, JsonRpc rpc, Deployed deployed) {
        this.anvil = anvil;
        this.rpc = rpc;
        this.deployed = deployed;
    }

    /** Deploys, and publishes one name and a gateway's document with these further members. */
    static ChainAround deploy(String members) throws IOException, GovernException {
        Anvil anvil = Anvil.start();
        Roles roles = new Roles(key(0).address(), Optional.of(key(1).address()));
        ChainAround chain =
                new ChainAround(
                        anvil,
                        JsonRpc.open(anvil.rpc()),
                        Deployment.deploy(anvil.rpc(), key(0), roles));
        chain.policy(0).publish("", document(GATEWAY + members + "}"));
        chain.policy(0).publish(NAME, document(DOMAIN));
        chain.finalise();
        return chain;
    }

    Anvil anvil() {
        return anvil;
    }

    Deployed deployed() {
        return deployed;
    }

    /** Replaces the gateway's document; final when this returns. */
    void publishGateway(String json) throws IOException, GovernException {
        policy(0).publish("", document(json));
        finalise();
    }

    /** Trusts it for a year; final when this returns. */
    void allow(Hash32 measurement) throws IOException, GovernException {
        allow(measurement, "simulated");
    }

    /** The same of code on that platform. */
    void allow(Hash32 measurement, String platform) throws IOException, GovernException {
        measurements(0).allow(measurement, platform, Instant.now().plus(Duration.ofDays(365)));
        finalise();
    }

    /** By the guardian; in the newest block, which is not final. */
    void revoke(Hash32 measurement) throws GovernException {
        measurements(1).revoke(measurement);
    }

    /** By the guardian; in the newest block, which is not final. */
    void halt() throws GovernException {
        policy(1).halt(NAME, Instant.now().plus(Duration.ofDays(1)));
    }

    /** By somebody; in the newest block, which is not final. */
    void beat(Hash32 nonce) throws RpcException {
        byte[] selector =
                Arrays.copyOf(
                        Digests.keccak256("beat(bytes32)".getBytes(StandardCharsets.US_ASCII)), 4);
        rpc.call(
                "eth_sendTransaction",
                Json.object(
                        "from",
                        Anvil.ADDRESSES.get(2),
                        "to",
                        deployed.heartbeat().toString(),
                        "data",
                        Hex.write(selector) + Hex.write(nonce.bytes()).substring(2)));
    }

    /** Replaces the newest blocks by empty ones. */
    void reorganise(int blocks) throws RpcException {
        rpc.call("anvil_reorg", new Json.Int(blocks), new Json.Arr(List.of()));
    }

    /** One more block: what was in the newest is not final yet. */
    void mine() throws RpcException {
        rpc.call("anvil_mine", new Json.Text("0x1"));
    }

    void finalise() throws IOException {
        anvil.finalise();
    }

    @Override
    public void close() {
        rpc.close();
        anvil.close();
    }

    private PolicyPublisher policy(int account) {
        Address contract = deployed.gatewayPolicy();
        return new PolicyPublisher(anvil.rpc(), Anvil.CHAIN_ID, contract, key(account));
    }

    private MeasurementPublisher measurements(int account) {
        Address contract = deployed.measurementRegistry();
        return new MeasurementPublisher(anvil.rpc(), Anvil.CHAIN_ID, contract, key(account));
    }

    private static DevnetKey key(int account) {
        return DevnetKey.parse(Anvil.KEYS.get(account)).orElseThrow();
    }

    private static byte[] document(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return CanonicalJson.write(
                JsonReader.parse(bytes, bytes.length).toOptional().orElseThrow());
    }
}
