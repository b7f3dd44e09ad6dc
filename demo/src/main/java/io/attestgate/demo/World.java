package io.attestgate.demo;

import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.Published;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.Pebble;
import io.attestgate.peer.TlsFront;
import io.attestgate.peer.beacon.TestBeacon;
import io.attestgate.policy.beacon.spec.Fork;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that the demo starts: the chain with its contracts, the authority, the upstream, the
 * gateway.
 *
 * <p>Closing ends all of it in reverse order, also after half a start, and removes its folder.
 */
final class World implements AutoCloseable {
    static final String DOMAIN = "app.demo.localhost";

    static final Duration CERTIFICATE_LIFE = Duration.ofDays(90);

    /** An authority that validated while we were down is left alone for a minute first. */
    private static final Duration ISSUE_WAIT_MAX = Duration.ofMinutes(3);

    private static final Duration MEASUREMENT_TRUST = Duration.ofDays(30);

    /** The default is half a year. */
    static final Duration SHORTER_HSTS = Duration.ofDays(1);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Ports ports;
    private final Consumer<String> progress;
    private final Setting setting;
    private final Path folder;
    private final Thread closeWithUs = new Thread(this::close, "close-demo");

    private Anvil chain;
    private Optional<TestBeacon> beacon = Optional.empty();
    private Optional<TlsFront> chainFront = Optional.empty();
    private Optional<TlsFront> beaconFront = Optional.empty();
    private Pebble authority;
    private Upstream ownUpstream;
    private URI upstream;
    private Dao dao;
    private Machine machine;
    private Product.Measured measured;
    private Gateway gateway;

    @SuppressWarnings("NullAway.Init") // start opens each in turn; close takes what there is.
    private World(Ports ports, Path folder, Setting setting, Consumer<String> progress) {
        this.ports = ports;
        this.folder = folder;
        this.setting = setting;
        this.progress = progress;
    }

    /**
     * What a world is like.
     *
     * @param upstream to put behind the gateway; one of the demo's if empty
     * @param machine that the gateway runs on
     * @param trust by whose word its blocks are final
     * @param certificateLife of what the authority issues
     */
    record Setting(
            Optional<URI> upstream,
            Machine.Choice machine,
            Finality trust,
            Duration certificateLife) {

        /** The simulated platform, in devnet trust. */
        static Setting usual() {
            return new Setting(
                    Optional.empty(), Machine.Choice.SIMULATED, Finality.DEVNET, CERTIFICATE_LIFE);
        }

        /** The same with certificates that live so long. */
        Setting withCertificateLife(Duration life) {
            return new Setting(upstream, machine, trust, life);
        }
    }

    /** Starts all but the gateway. */
    static World start(Ports ports, Setting setting, Consumer<String> progress)
            throws DemoException, InterruptedException {
        World world = new World(ports, DemoFolder.create(), setting, progress);
        Runtime.getRuntime().addShutdownHook(world.closeWithUs);
        try {
            world.openPeers();
            world.deploy();
            return world;
        } catch (IOException | IllegalStateException e) {
            world.close();
            throw new DemoException("start", e);
        } catch (DemoException e) {
            world.close();
            throw e;
        }
    }

    private void openPeers() throws IOException, InterruptedException {
        progress.accept("starting the chain (anvil)");
        chain = opening(Anvil.startWithBlockASecond(folder.resolve("anvil.log"), 0));
        openBeacon();
        openFronts();
        machine = opening(setting.machine().start(folder));
        progress.accept("starting the certificate authority (pebble)");
        Files.createDirectories(folder.resolve("pebble"));
        authority =
                opening(
                        Pebble.start(
                                new Pebble.Options(
                                        ports.http(), ports.https(), setting.certificateLife(), 0),
                                folder.resolve("pebble")));
        Files.writeString(issuerRoot(), authority.issuerRootPem());
        ownUpstream = opening(Upstream.start("blue"));
        upstream = setting.upstream().orElseGet(ownUpstream::uri);
    }

    /** Anvil has no consensus layer, so a committee of our own signs what it calls final. */
    private void openBeacon() throws IOException {
        if (setting.trust() == Finality.LIGHT_CLIENT) {
            progress.accept("starting the test beacon, whose committee signs over the chain");
            chain.finalise();
            TestBeacon signing =
                    opening(TestBeacon.start(chain.rpc(), Fork.ELECTRA, InstantSource.system()));
            signing.follow();
            beacon = Optional.of(signing);
        }
    }

    /** On hardware a gateway holds each endpoint to a key, whoever may forge its certificates. */
    private void openFronts() throws IOException {
        if (setting.machine() != Machine.Choice.SIMULATED) {
            chainFront = Optional.of(opening(TlsFront.of(chain.rpc())));
            beaconFront =
                    beacon.isPresent()
                            ? Optional.of(opening(TlsFront.of(beacon.get().baseUrl())))
                            : Optional.empty();
        }
    }

    private void deploy() throws DemoException {
        progress.accept("deploying the contracts, a governor and its timelock");
        try {
            dao = Dao.deploy(chain);
            for (Dao.Role role : Dao.Role.values()) {
                Files.writeString(keyFile(role), role.hex());
            }
        } catch (GovernException | IOException e) {
            throw new DemoException("contracts", e);
        }
    }

    /** Where a role's key lies, for the commands of a person. */
    Path keyFile(Dao.Role role) {
        return folder.resolve(role.fileName());
    }

    /** Publishes the domain's document with another upstream. */
    Published publishRoute(URI to) throws DemoException {
        return publishRoute(DOMAIN, to);
    }

    /** Publishes a document that sends everything for {@code name} to an upstream. */
    Published publishRoute(String name, URI to) throws DemoException {
        return publish(name, Documents.domain(name, to, authority.directory()));
    }

    private Published publish(String name, byte[] document) throws DemoException {
        try {
            return dao.publish(name, document);
        } catch (GovernException e) {
            throw new DemoException("policy of \"" + name + '"', e);
        }
    }

    /**
     * Writes the bootstrap file, has the votes decide the first policy with its measurement, starts
     * the gateway.
     */
    void startGateway() throws DemoException {
        Path config = config();
        try {
            Files.writeString(config, DemoBootstrap.yaml(this), StandardCharsets.UTF_8);
            measured = Product.measured(config);
            found();
            publishRoute(upstream);
            // Else the gateway is ready, rightly, under a final policy without a name.
            chain.finalise();
            progress.accept("starting the gateway, which orders its certificate");
            restartGateway();
        } catch (IOException e) {
            throw new DemoException("gateway", e);
        }
    }

    /** The first vote: all that only those who govern may decide. */
    private void found() throws DemoException {
        progress.accept("voting on the first policy, which takes its terms of ten seconds");
        try {
            // Votes count for who had them before a proposal's block, and the token is that young.
            chain.finalise();
            dao.pass(
                    List.of(
                            dao.changes().publish("", gatewayDocument()),
                            dao.changes()
                                    .allow(
                                            measured.measurement(),
                                            machine.platform(),
                                            Instant.now().plus(MEASUREMENT_TRUST)),
                            dao.delegation()),
                    "The first policy of the demo");
        } catch (GovernException | IOException e) {
            throw new DemoException("first policy", e);
        }
    }

    /** Starts the gateway on the state that is there, and waits until it is ready. */
    void restartGateway() throws IOException {
        gateway = opening(Gateway.start(config(), folder));
    }

    /** Starts the gateway and does not wait until it is ready. */
    Gateway launchGateway() throws IOException {
        gateway = opening(Gateway.launch(config(), folder));
        return gateway;
    }

    /**
     * Changes for a person to make.
     *
     * @param route a document with another upstream, which runs; for the controller
     * @param gateway another document of the gateway, which only a vote changes
     */
    record PreparedChanges(Path route, Path gateway) {}

    PreparedChanges prepareChanges() throws DemoException, InterruptedException {
        try {
            URI green = anotherUpstream("green").uri();
            Path route = folder.resolve("green.json");
            Files.write(route, Documents.domain(DOMAIN, green, authority.directory()));
            return new PreparedChanges(route, writeShorterHsts());
        } catch (IOException e) {
            throw new DemoException("folder of this run", e);
        }
    }

    /** The gateway's document with another default of Strict-Transport-Security. */
    Path writeShorterHsts() throws IOException {
        Path gateway = folder.resolve("gateway.json");
        Files.write(
                gateway,
                Documents.gatewayWithHsts(
                        authority.directory(),
                        machine.platform(),
                        machine.root(measured),
                        SHORTER_HSTS));
        return gateway;
    }

    /** Asks until the domain's answer is from the upstream of that name; each must be 200. */
    void awaitAnswerFrom(String name, Visitor visitor) throws IOException {
        Patience patience = new Patience("answer from " + name);
        while (!visitor.greeting(url()).contains(name)) {
            patience.pause();
        }
    }

    /** Asks until the name is served; gives the status. */
    int awaitAnswer(Visitor visitor, URI url) throws IOException {
        Patience patience = new Patience("answer of " + url, ISSUE_WAIT_MAX);
        while (true) {
            try {
                return visitor.get(url, HttpClient.Version.HTTP_1_1).statusCode();
            } catch (IOException notYet) {
                patience.pause();
            }
        }
    }

    /** Another small app, for a route to change to. */
    Upstream anotherUpstream(String name) throws InterruptedException {
        return opening(Upstream.start(name));
    }

    private byte[] gatewayDocument() {
        return Documents.gateway(authority.directory(), machine.platform(), machine.root(measured));
    }

    /** What the gateway runs on. */
    Machine machine() {
        return machine;
    }

    /** What the gateway's evidence must show. */
    Product.Measured measured() {
        return measured;
    }

    Gateway gateway() {
        return gateway;
    }

    /** The demo's own app; not what is behind the gateway if the person named another. */
    Upstream ownUpstream() {
        return ownUpstream;
    }

    URI upstream() {
        return upstream;
    }

    Ports ports() {
        return ports;
    }

    Anvil chain() {
        return chain;
    }

    /** Present in light-client trust. */
    Optional<TestBeacon> beacon() {
        return beacon;
    }

    /** An item of {@code chain.rpc}. */
    String chainEndpoint() {
        return endpoint(chainFront, chain.rpc());
    }

    /** An item of {@code chain.beacon}, where there is one. */
    Optional<String> beaconEndpoint() {
        return beacon.map(signing -> endpoint(beaconFront, signing.baseUrl()));
    }

    private static String endpoint(Optional<TlsFront> front, URI plain) {
        return front.map(tls -> "- url: %s%n  pins: [%s]".formatted(tls.url(), tls.pin()))
                .orElseGet(() -> "- url: " + plain);
    }

    Pebble authority() {
        return authority;
    }

    Deployed contracts() {
        return dao.contracts();
    }

    Dao dao() {
        return dao;
    }

    Path folder() {
        return folder;
    }

    /** The gateway's bootstrap file. */
    Path config() {
        return folder.resolve("attestgate.yaml");
    }

    /** The root above the certificates that the authority issues, for {@code curl --cacert}. */
    Path issuerRoot() {
        return folder.resolve("issuer-root.pem");
    }

    URI url() {
        return URI.create("https://%s:%d/".formatted(DOMAIN, ports.https()));
    }

    private <T extends AutoCloseable> T opening(T part) {
        synchronized (opened) {
            opened.push(part);
        }
        return part;
    }

    /** Idempotent; by the owner or, on Ctrl-C, by the closing JVM. */
    @Override
    public void close() {
        synchronized (opened) {
            while (!opened.isEmpty()) {
                closeOne(opened.pop());
            }
            // Two who remove it at once stop each other.
            DemoFolder.remove(folder);
        }
    }

    private void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) { // Each of the others must still be closed.
            progress.accept("closing: " + e);
        }
    }
}
