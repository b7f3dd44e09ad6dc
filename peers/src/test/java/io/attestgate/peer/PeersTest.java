package io.attestgate.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeersTest {
    @TempDir private Path folder;

    @Test
    @RequiresPeer("anvil")
    void anvilAnswersItsChainId() throws Exception {
        try (Anvil anvil = Anvil.start();
                HttpClient client = HttpClient.newHttpClient()) {
            String question =
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":[]}";
            HttpRequest request =
                    HttpRequest.newBuilder(anvil.rpc())
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(question))
                            .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                    .contains(Long.toHexString(Anvil.CHAIN_ID));
        }
    }

    @Test
    @RequiresPeer({"pebble", "pebble-challtestsrv"})
    void pebbleGivesTheRootOfWhatItIssues() throws Exception {
        try (Pebble pebble = Pebble.start(Pebble.Options.of(1, 2), folder)) {
            assertThat(pebble.issuerRootPem()).startsWith("-----BEGIN CERTIFICATE-----");
        }
    }

    @Test
    void aChildThatEndsBeforeItIsReadyIsAnErrorWithItsLastLines() {
        assertThatThrownBy(
                        () ->
                                ChildProcess.start(
                                        "sh",
                                        List.of("sh", "-c", "echo no luck; exit 3"),
                                        Map.of(),
                                        folder.resolve("log"),
                                        Pattern.compile("ready"),
                                        Duration.ofSeconds(10)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no luck");
    }

    @Test
    void closingEndsTheChild() throws Exception {
        ChildProcess child =
                ChildProcess.start(
                        "sh",
                        List.of("sh", "-c", "echo ready; exec tail -f /dev/null"),
                        Map.of(),
                        folder.resolve("log"),
                        Pattern.compile("ready"),
                        Duration.ofSeconds(10));
        child.close();
        assertThat(child.isAlive()).isFalse();
    }
}
