package io.attestgate.proxy.main;

import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The whole gateway over a chain, by a clock of the test's, seen by its operations listener. */
final class RunningGateway implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final String SIMULATED = "platform: simulated\nlesserPlatform: accepted";

    private final HttpClient client = HttpClient.newHttpClient();
    private final GatewayProcess process;
    private final URI operations;
    private volatile Duration ahead = Duration.ZERO;

    private RunningGateway(Bootstrap bootstrap) throws StartException {
        process =
                GatewayProcess.open(
                        bootstrap,
                        () -> Instant.now().plus(ahead),
                        OutputStream.nullOutputStream());
        String bound = process.listening();
        operations = URI.create("http://" + bound.substring(bound.lastIndexOf(' ') + 1) + "/");
    }

    /**
     * Starts it.
     *
     * @param state the directory of its sealed state
     * @param rpc the endpoint that it asks
     */
    static RunningGateway start(Path state, Deployed deployed, URI rpc)
            throws IOException, StartException {
        return start(state, deployed, deployed.codeHashes(), rpc);
    }

    /** The same, with the code of these contracts pinned. */
    static RunningGateway start(
            Path state, Deployed deployed, Map<Address, Hash32> codeHashes, URI rpc)
            throws IOException, StartException {
        return new RunningGateway(parse(yaml(state, deployed, codeHashes, devnet(rpc), SIMULATED)));
    }

    private static String devnet(URI rpc) {
        return "  trust: devnet\n  rpc:\n    - url: %s".formatted(rpc);
    }

    /**
     * The same, with {@code trust} and what belongs to it as the lines of the section {@code
     * chain}.
     */
    static RunningGateway start(Path state, Deployed deployed, String trust)
            throws IOException, StartException {
        return start(state, deployed, trust, SIMULATED);
    }

    /** The same on another platform, with what belongs to it as lines of the bootstrap file. */
    static RunningGateway start(Path state, Deployed deployed, String trust, String platform)
            throws IOException, StartException {
        return new RunningGateway(
                parse(yaml(state, deployed, deployed.codeHashes(), trust, platform)));
    }

    private static Bootstrap parse(String yaml) {
        Parsed<Bootstrap> parsed =
                Bootstrap.parse("attestgate.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        return parsed.toOptional()
                .orElseThrow(() -> new AssertionError(parsed.faults().toString()));
    }

    private static String yaml(
            Path state,
            Deployed deployed,
            Map<Address, Hash32> codeHashes,
            String trust,
            String platform)
            throws IOException {
        String example =
                Files.readString(
                        Path.of(
                                System.getProperty("attestgate.root", ".."),
                                "docs/examples/attestgate.yaml"));
        String pins =
                codeHashes.entrySet().stream()
                        .map(pin -> "    \"%s\": \"%s\"".formatted(pin.getKey(), pin.getValue()))
                        .sorted()
                        .collect(Collectors.joining("\n"));
        return """
        chain:
          id: %d
          contract: "%s"
          codeHashes:
        %s
        %s
          poll: 100ms
        %s
        state: %s
        listeners:
          https: 127.0.0.1:0
          http: off
          operations: 127.0.0.1:0
        %s
        """
                .formatted(
                        deployed.chainId(),
                        deployed.gatewayPolicy(),
                        pins,
                        trust,
                        platform,
                        state,
                        example.substring(example.indexOf("acme:")));
    }

    /** Sets the system's clock so far ahead of the real one. */
    void clockAhead(Duration by) {
        ahead = by;
    }

    /** The status once it is as {@code wanted}. */
    Json.Obj await(String what, Predicate<Json.Obj> wanted) throws Exception {
        Instant end = Instant.now().plus(WAIT_MAX);
        Json.Obj status = status();
        while (!wanted.test(status)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("never %s: %s".formatted(what, status));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            status = status();
        }
        return status;
    }

    /** The status once serving is ended by that cause. */
    Json.Obj awaitEnded(String cause) throws Exception {
        return await(cause, status -> at(status, "policy", "serving").equals(ended(cause)));
    }

    Json.Obj awaitServing() throws Exception {
        return await("serving", status -> permitted(status, "serving"));
    }

    static boolean permitted(Json.Obj status, String what) {
        return at(status, "policy", what, "permitted").equals(new Json.Bool(true));
    }

    private static Json ended(String cause) {
        return Json.object("permitted", false, "until", new Json.Null(), "cause", cause);
    }

    /** The status once the policy was read at that final block. */
    Json.Obj awaitBlock(long block) throws Exception {
        return await("block " + block, s -> number(s, "policy", "block") >= block);
    }

    /** The nonce to send, once it is another than {@code before}. */
    Hash32 awaitNonce(Hash32 before) throws Exception {
        Json.Obj status =
                await(
                        "another nonce",
                        s ->
                                at(s, "heartbeat", "nonce") instanceof Json.Text text
                                        && !text.value().equals(before.toString()));
        return Hash32.parse(text(status, "heartbeat", "nonce")).orElseThrow();
    }

    Hash32 measurement() throws Exception {
        return Hash32.parse(text(status(), "platform", "measurement")).orElseThrow();
    }

    Json.Obj status() throws Exception {
        byte[] body = get("status").getBytes(StandardCharsets.UTF_8);
        return (Json.Obj) JsonReader.parse(body, body.length).toOptional().orElseThrow();
    }

    String readiness() throws Exception {
        return get("readyz");
    }

    static String text(Json.Obj status, String... path) {
        return ((Json.Text) at(status, path)).value();
    }

    static long number(Json.Obj status, String... path) {
        return ((Json.Int) at(status, path)).value();
    }

    /** What stands at the end of the path; null in JSON where nothing does. */
    static Json at(Json status, String... path) {
        Json at = status;
        for (String member : path) {
            at =
                    at instanceof Json.Obj object
                            ? object.get(member).orElse(new Json.Null())
                            : new Json.Null();
        }
        return at;
    }

    /** The state of the first name. */
    static String domain(Json.Obj status) {
        Json.Arr domains = (Json.Arr) at(status, "domains");
        return domains.elements().isEmpty()
                ? "none"
                : text((Json.Obj) domains.elements().getFirst(), "state");
    }

    private String get(String page) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(operations.resolve(page)).build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        process.close();
        client.close();
    }
}
