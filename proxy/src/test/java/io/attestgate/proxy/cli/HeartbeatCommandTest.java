package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.attestgate.govern.Deployment;
import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.Roles;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.wire.Address;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HeartbeatCommandTest {
    private static final String NONCE = "0x" + "5e".repeat(32);
    private static final String CONTRACT = "0x00000000000000000000000000000000000000aa";

    /** keccak256("beat(bytes32)"), its first four bytes, and the nonce. */
    private static final String DATA_END = NONCE.substring(2);

    private HttpServer gateway;
    private volatile String status = "";

    @BeforeEach
    void serve() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext(
                "/status",
                exchange -> {
                    byte[] body = status.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void theTransactionIsPrintedForAnyWallet() {
        status = asking(CONTRACT, '"' + NONCE + '"');

        Ran text = heartbeat();
        Ran json = heartbeat("--json");

        assertThat(text.err()).isEmpty();
        assertThat(text.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(text.out().lines())
                .hasSize(4)
                .contains("a beat is due on chain 31337, from anyone:")
                .contains("  to           " + CONTRACT)
                .anyMatch(line -> line.startsWith("  data  ") && line.endsWith(DATA_END));
        assertThat(json.out())
                .contains("\"nonce\":\"" + NONCE + '"', "\"transaction\":null", DATA_END);
    }

    @Test
    void whereNoBeatIsDueNothingIsPrinted() {
        status = asking(CONTRACT, "null");

        assertThat(heartbeat().out()).isEqualTo("no beat is due\n");
        assertThat(heartbeat("--json").out()).contains("\"data\":null", "\"nonce\":null");
    }

    @Test
    void aStatusWithoutAHeartbeatIsRefused() {
        status = "{\"heartbeat\": null}";

        assertThat(heartbeat().status()).isEqualTo(ExitStatus.FAILED);
        assertThat(heartbeat().err()).contains("/status: heartbeat: null (expected: ");
    }

    @Test
    void whatIsNoStatusIsRefused() {
        status = "<html>";

        assertThat(heartbeat().status()).isEqualTo(ExitStatus.FAILED);
        assertThat(heartbeat().err()).contains("(expected: the status of a gateway)");
    }

    @Test
    void aGatewayThatDoesNotAnswerIsNamed() {
        Ran ran = attestgate("heartbeat", "--status", "http://127.0.0.1:1/status");

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err())
                .startsWith("attestgate: http://127.0.0.1:1/status: ")
                .contains("(expected: a gateway's operations listener)");
    }

    @Test
    void anEndpointWithoutAKeyIsWrongUse() {
        Ran ran = heartbeat("--rpc", "http://127.0.0.1:1");

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
    }

    @Test
    @RequiresPeer("anvil")
    void theBeatIsSentAndSeen() throws Exception {
        try (Anvil anvil = Anvil.start()) {
            DevnetKey key = DevnetKey.parse(Anvil.KEYS.getFirst()).orElseThrow();
            Address contract =
                    Deployment.deploy(anvil.rpc(), key, new Roles(key.address(), Optional.empty()))
                            .heartbeat();
            status = asking(contract.toString(), '"' + NONCE + '"');

            Ran sent = sending(anvil);
            Ran again = sending(anvil);
            status = asking(CONTRACT, '"' + NONCE + '"');
            Ran elsewhere = sending(anvil);

            assertThat(sent.err()).isEmpty();
            assertThat(sent.out()).startsWith("sent beat " + NONCE);
            assertThat(again.status()).isEqualTo(ExitStatus.GOOD);
            assertThat(elsewhere.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(elsewhere.err()).contains(CONTRACT + ": no code");
            assertThat(logs(anvil, contract)).isEqualTo(1);
        }
    }

    private Ran sending(Anvil anvil) {
        return heartbeat("--rpc", anvil.rpc().toString(), "--key", Anvil.KEYS.get(2));
    }

    /** How many beats the contract told of. */
    private static int logs(Anvil anvil, Address contract) throws Exception {
        try (JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Json answer =
                    rpc.call(
                            "eth_getLogs",
                            Json.object("address", contract.toString(), "fromBlock", "0x0"));
            return ((Json.Arr) answer).elements().size();
        }
    }

    private Ran heartbeat(String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "heartbeat";
        arguments[1] = "--status";
        arguments[2] = "http://127.0.0.1:%d/status".formatted(gateway.getAddress().getPort());
        System.arraycopy(more, 0, arguments, 3, more.length);
        return attestgate(arguments);
    }

    private static String asking(String contract, String nonce) {
        return "{\"heartbeat\": {\"chainId\": 31337, \"contract\": \"%s\", \"nonce\": %s}}"
                .formatted(contract, nonce);
    }
}
