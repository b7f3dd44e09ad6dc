package io.attestgate.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A development chain of Foundry's anvil on loopback, on a port of its own choice.
 *
 * <p>Runs with {@code --slots-in-an-epoch 1}, so the finalised block is two behind the latest. It
 * mines on each transaction, or once a second besides.
 */
public final class Anvil implements AutoCloseable {
    /** The chain id that anvil has by default. */
    public static final long CHAIN_ID = 31337;

    /** Keys of the first accounts of anvil's public mnemonic; each has 10,000 ether there. */
    public static final List<String> KEYS =
            List.of(
                    "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
                    "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
                    "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a");

    /** The addresses of {@link #KEYS}. */
    public static final List<String> ADDRESSES =
            List.of(
                    "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
                    "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
                    "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc");

    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern CLIENT_VERSION =
            Pattern.compile("\"result\"\\s*:\\s*\"([^\"]{1,100})\"");
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(30);

    private final ChildProcess process;

    private Anvil(ChildProcess process) {
        this.process = process;
    }

    /** Starts one that mines when a transaction comes, or {@code anvil_mine} is called. */
    public static Anvil start() throws IOException {
        return start(Files.createTempFile("anvil", ".log"), 0, List.of());
    }

    /** Starts one that also makes a block each second. */
    public static Anvil startWithBlockASecond(Path log, int port) throws IOException {
        return start(log, port, List.of("--block-time", "1", "--mixed-mining"));
    }

    private static Anvil start(Path log, int port, List<String> more) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Peer.ANVIL.require().toString(),
                                "--host=127.0.0.1",
                                "--port=" + port,
                                "--slots-in-an-epoch=1"));
        command.addAll(more);
        return new Anvil(
                ChildProcess.start("anvil", command, Map.of(), log, LISTENING, START_WAIT_MAX));
    }

    /** Its JSON-RPC endpoint. */
    public URI rpc() {
        return URI.create("http://127.0.0.1:" + process.readyLine().group(1));
    }

    /** What the endpoint calls itself: {@code anvil/v1.7.1}. */
    public String clientVersion() throws IOException {
        String answer = call("web3_clientVersion", "");
        Matcher version = CLIENT_VERSION.matcher(answer);
        if (!version.find()) {
            throw new IOException("web3_clientVersion: " + answer);
        }
        return version.group(1);
    }

    /** Mines until what is in a block now is final. */
    public void finalise() throws IOException {
        String answer = call("anvil_mine", "\"0x3\"");
        if (answer.contains("\"error\"")) {
            throw new IOException("anvil_mine: " + answer);
        }
    }

    private String call(String method, String parameters) throws IOException {
        String question =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
                        .formatted(method, parameters);
        HttpRequest request =
                HttpRequest.newBuilder(rpc())
                        .header("content-type", "application/json")
                        .timeout(START_WAIT_MAX)
                        .POST(HttpRequest.BodyPublishers.ofString(question))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(method + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
