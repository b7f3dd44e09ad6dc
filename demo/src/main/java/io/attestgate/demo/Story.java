package io.attestgate.demo;

import io.attestgate.govern.Published;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The whole story, played from outside: requests, evidence accepted and refused, a proposal from
 * its draft to its effect, a route changed during a download, a halt, a restart. Each step becomes
 * a row of the table, and a step that throws a failed one.
 */
final class Story {
    private static final int SEEN_CHARS_MAX = 110;
    private static final long DOWNLOAD_BYTES = 64L << 20;

    private final World world;
    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private final List<Sight> sights = new ArrayList<>();

    Story(World world, PrintWriter out, LongSupplier nanoTime) {
        this.world = world;
        this.out = out;
        this.nanoTime = nanoTime;
    }

    private interface Step {
        Sight take(String what) throws IOException, DemoException, InterruptedException;
    }

    /** Plays it, prints the table, and says whether every step went well. */
    boolean play() throws IOException, InterruptedException {
        try (Visitor visitor = Visitor.trusting(world.issuerRoot())) {
            step("chain", what -> chain(what));
            step("authority", what -> authority(what, visitor));
            step("HTTP/1.1", what -> answered(what, visitor, Version.HTTP_1_1));
            step("HTTP/2", what -> answered(what, visitor, Version.HTTP_2));
            step("WebSocket", what -> webSocket(what, visitor));
            step("evidence accepted", what -> verified(what));
            step("refused: platform not allowed", what -> refused(what, measurement()));
            step(
                    isSimulated() ? "refused: another contract" : "refused: another TPM",
                    what -> refusedByOthers(what));
            step("refused: no trust anchor", what -> refused(what, accepting()));
            step("policy shown with its proof", what -> shown(what));
            step("a name the policy does not have", what -> unknownName(what, visitor));
            deliberated(visitor);
            step("route changed during a download", what -> governed(what, visitor));
            Emergency emergency = new Emergency(world, nanoTime);
            step("halted by the guardian", what -> emergency.halted(what, visitor));
            step("the halt lapsed by itself", what -> emergency.lapsed(what, visitor));
            step("restart, same certificate", what -> restarted(what, visitor));
        }
        step("tear down", what -> tornDown(what));
        out.println();
        sights.forEach(out::println);
        boolean good = sights.stream().allMatch(Sight::good);
        out.println(good ? "\ndemo --check: good" : "\ndemo --check: FAILED");
        out.flush();
        return good;
    }

    private void deliberated(Visitor visitor) throws InterruptedException {
        Deliberation deliberation = new Deliberation(world);
        step("proposal: made", what -> deliberation.proposed(what));
        step("proposal: what it changes here", what -> deliberation.foreseen(what));
        step("proposal: vote", what -> deliberation.voted(what));
        step("proposal: queue", what -> deliberation.queued(what));
        step("proposal: execute", what -> deliberation.executed(what));
        step("proposal: enforced", what -> deliberation.enforced(what, visitor));
    }

    private void step(String what, Step step) throws InterruptedException {
        try {
            sights.add(step.take(what));
        } catch (IOException | DemoException e) {
            sights.add(new Sight(what, false, e.toString()));
        }
    }

    /** No other chain and no other authority may stand in for the real ones. */
    private Sight chain(String what) throws IOException {
        String client = world.chain().clientVersion();
        return new Sight(
                what,
                client.startsWith("anvil/"),
                "%s, chain %d, GatewayPolicy %s"
                        .formatted(
                                client,
                                world.contracts().chainId(),
                                world.contracts().gatewayPolicy()));
    }

    private Sight authority(String what, Visitor visitor) throws IOException {
        long orders = world.authority().ordersPlaced();
        String issuer = leaf(visitor).getIssuerX500Principal().getName();
        return new Sight(
                what,
                orders == 1 && issuer.startsWith("CN=Pebble "),
                "pebble (ACME), %d order, %s; gateway ready %.1f s after its start"
                        .formatted(
                                orders, issuer, world.gateway().startTime().toMillis() / 1000.0));
    }

    private Sight answered(String what, Visitor visitor, Version version) throws IOException {
        HttpResponse<String> answer = visitor.get(world.url(), version);
        boolean good = answer.statusCode() == 200 && answer.version() == version;
        return new Sight(
                what, good, "%d %s".formatted(answer.statusCode(), firstLine(answer.body())));
    }

    private Sight webSocket(String what, Visitor visitor) throws IOException {
        URI uri = URI.create("wss://%s:%d/echo".formatted(World.DOMAIN, world.ports().https()));
        String echo = visitor.webSocketEcho(uri, "hello");
        return new Sight(what, echo.endsWith("hello"), echo);
    }

    /** Against the contract too where the chain is taken for granted: no state is proven here. */
    private Sight verified(String what) throws IOException {
        List<String> anchor = new ArrayList<>(accepting());
        if (isSimulated()) {
            anchor.addAll(contract());
        }
        anchor.addAll(measurement());
        Product.Ended ended = verify(anchor);
        long passed = ended.output().lines().filter(line -> line.startsWith("  PASS")).count();
        String seen = "%s, %d legs pass".formatted(lastLine(ended.output()), passed);
        return new Sight(what, ended.status() == 0, ended.status() == 0 ? seen : why(ended));
    }

    private boolean isSimulated() {
        return world.machine() instanceof Machine.Simulated;
    }

    private List<String> accepting() throws IOException {
        return world.machine().accepting(world.measured());
    }

    private Sight refusedByOthers(String what) throws IOException {
        List<String> anchor = new ArrayList<>(world.machine().acceptingOthers(world.measured()));
        anchor.addAll(isSimulated() ? anotherContract() : measurement());
        return refused(what, anchor);
    }

    private Sight refused(String what, List<String> options) throws IOException {
        Product.Ended ended = verify(options);
        boolean judged = ended.output().lines().anyMatch(line -> line.startsWith("  FAIL"));
        return new Sight(what, ended.status() == 1 && judged, why(ended));
    }

    /** The leg that failed, cut. */
    private static String why(Product.Ended ended) {
        String why =
                ended.output()
                        .lines()
                        .filter(line -> line.startsWith("  FAIL"))
                        .findFirst()
                        .map(line -> line.strip().replaceAll("\\s+", " "))
                        .orElse(lastLine(ended.output()));
        return why.length() <= SEEN_CHARS_MAX ? why : why.substring(0, SEEN_CHARS_MAX) + "…";
    }

    private Product.Ended verify(List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("verify", world.url().toString()));
        arguments.addAll(List.of("--ca", world.issuerRoot().toString()));
        arguments.addAll(options);
        return Product.run(arguments.toArray(String[]::new));
    }

    private List<String> measurement() {
        return List.of("--measurement", world.measured().value("measurement"));
    }

    private List<String> contract() {
        return List.of(
                "--contract",
                world.contracts().gatewayPolicy().toString(),
                "--rpc",
                world.chain().rpc().toString());
    }

    private List<String> anotherContract() {
        return List.of(
                "--contract",
                world.contracts().measurementRegistry().toString(),
                "--rpc",
                world.chain().rpc().toString());
    }

    /** By the very reader of the gateway, and by whose word the block is final. */
    private Sight shown(String what) throws IOException {
        Product.Ended ended = Product.run("policy", "show", "--config", world.config().toString());
        String seen =
                ended.output()
                        .lines()
                        .filter(line -> line.startsWith("  final by "))
                        .findFirst()
                        .map(line -> line.strip().replaceAll("\\s+", " "))
                        .orElse(lastLine(ended.output()));
        boolean light = world.beacon().isPresent();
        boolean good = ended.status() == 0 && light == seen.contains("sync committee");
        return new Sight(what, good, seen);
    }

    private Sight unknownName(String what, Visitor visitor) {
        URI uri = URI.create("https://other.demo.localhost:%d/".formatted(world.ports().https()));
        try {
            int status = visitor.get(uri, Version.HTTP_1_1).statusCode();
            return new Sight(what, false, "answered " + status);
        } catch (IOException refused) {
            return new Sight(what, true, "no handshake: " + root(refused).getMessage());
        }
    }

    /** A download is held half way while the contract gets another upstream. */
    private Sight governed(String what, Visitor visitor)
            throws IOException, DemoException, InterruptedException {
        Upstream before = world.ownUpstream();
        world.publishRoute(before.uri());
        world.awaitAnswerFrom("blue", visitor);
        before.holdDownloads();
        HttpResponse<InputStream> download =
                visitor.download(world.url().resolve("/download?bytes=" + DOWNLOAD_BYTES));
        Published published = world.publishRoute(world.anotherUpstream("green").uri());
        long mined = nanoTime.getAsLong();
        world.awaitAnswerFrom("green", visitor);
        double obeyed = (nanoTime.getAsLong() - mined) / 1e9;
        before.releaseDownloads();
        boolean whole = Arrays.equals(sha256(download.body()), Download.sha256(DOWNLOAD_BYTES));
        return new Sight(
                what,
                whole,
                "epoch %d obeyed %.1f s after its block; %d MiB %s"
                        .formatted(
                                published.epoch(),
                                obeyed,
                                DOWNLOAD_BYTES >> 20,
                                whole ? "arrived whole" : "arrived broken"));
    }

    private Sight restarted(String what, Visitor visitor) throws IOException {
        String before = serial(visitor);
        long ordersBefore = world.authority().ordersPlaced();
        int status = world.gateway().stop();
        world.restartGateway();
        try (Visitor afresh = Visitor.trusting(world.issuerRoot())) {
            String after = serial(afresh);
            long orders = world.authority().ordersPlaced() - ordersBefore;
            boolean good = status == 0 && before.equals(after) && orders == 0;
            return new Sight(
                    what,
                    good,
                    "serial %s, %d new orders, ready after %.1f s"
                            .formatted(
                                    after,
                                    orders,
                                    world.gateway().startTime().toMillis() / 1000.0));
        }
    }

    private String serial(Visitor visitor) throws IOException {
        return leaf(visitor).getSerialNumber().toString(16);
    }

    private X509Certificate leaf(Visitor visitor) throws IOException {
        return visitor.leaf(world.url());
    }

    private Sight tornDown(String what) {
        world.close();
        boolean gone = !world.gateway().isAlive();
        return new Sight(what, gone, gone ? "nothing is left running" : "the gateway still runs");
    }

    private static byte[] sha256(InputStream body) throws IOException {
        try (body) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            body.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("").strip();
    }
}
