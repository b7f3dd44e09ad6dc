package io.attestgate.demo;

import io.attestgate.govern.Deployment;
import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.MeasurementPublisher;
import io.attestgate.govern.PolicyPublisher;
import io.attestgate.govern.Published;
import io.attestgate.govern.Roles;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.Pebble;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
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

    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(90);

    /** An authority that validated while we were down is left alone for a minute first. */
    private static final Duration ISSUE_WAIT_MAX = Duration.ofMinutes(3);

    private static final Duration MEASUREMENT_TRUST = Duration.ofDays(30);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Ports ports;
    private final Consumer<String> progress;
    private final Path folder;
    private final DevnetKey governor;
    private final Thread closeWithUs = new Thread(this::close, "close-demo");

    private Anvil chain;
    private Pebble authority;
    private Upstream ownUpstream;
    private URI upstream;
    private Deployed contracts;
    private Hash32 measurement;
    private Gateway gateway;

    @SuppressWarnings("NullAway.Init") // start opens each in turn; close takes what there is.
    private World(Ports ports, Path folder, Consumer<String> progress) {
        this.ports = ports;
        this.folder = folder;
        this.progress = progress;
        this.governor = DevnetKey.parse(Anvil.KEYS.getFirst()).orElseThrow();
    }

    /** Starts all but the gateway. */
    static World start(Ports ports, Optional<URI> upstream, Consumer<String> progress)
            throws DemoException, InterruptedException {
        return start(ports, upstream, CERTIFICATE_LIFE, progress);
    }

    /** The same with certificates that live so long. */
    static World start(
            Ports ports,
            Optional<URI> upstream,
            Duration certificateLife,
            Consumer<String> progress)
            throws DemoException, InterruptedException {
        World world = new World(ports, DemoFolder.create(), progress);
        Runtime.getRuntime().addShutdownHook(world.closeWithUs);
        try {
            world.openPeers(upstream, certificateLife);
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

    private void openPeers(Optional<URI> named, Duration certificateLife)
            throws IOException, InterruptedException {
        progress.accept("starting the chain (anvil)");
        chain = opening(Anvil.startWithBlockASecond(folder.resolve("anvil.log"), 0));
        progress.accept("starting the certificate authority (pebble)");
        Files.createDirectories(folder.resolve("pebble"));
        authority =
                opening(
                        Pebble.start(
                                new Pebble.Options(ports.http(), ports.https(), certificateLife, 0),
                                folder.resolve("pebble")));
        Files.writeString(issuerRoot(), authority.issuerRootPem());
        ownUpstream = opening(Upstream.start("blue"));
        upstream = named.orElseGet(ownUpstream::uri);
    }

    private void deploy() throws DemoException {
        progress.accept("deploying the contracts");
        try {
            contracts =
                    Deployment.deploy(
                            chain.rpc(), governor, new Roles(governor.address(), Optional.empty()));
        } catch (GovernException e) {
            throw new DemoException("contracts", e);
        }
        progress.accept("publishing the policy of the gateway and of " + DOMAIN);
        publish("", Documents.gateway(authority.directory()));
        publishRoute(upstream);
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
            return new PolicyPublisher(
                            chain.rpc(), contracts.chainId(), contracts.gatewayPolicy(), governor)
                    .publish(name, document);
        } catch (GovernException e) {
            throw new DemoException("policy of \"" + name + '"', e);
        }
    }

    /** Writes the bootstrap file, allows its measurement on chain, starts the gateway. */
    void startGateway() throws DemoException {
        Path config = config();
        try {
            Files.writeString(config, DemoBootstrap.yaml(this), StandardCharsets.UTF_8);
            measurement = Product.measurement(config);
            allow();
            progress.accept("starting the gateway, which orders its certificate");
            restartGateway();
        } catch (IOException e) {
            throw new DemoException("gateway", e);
        }
    }

    private void allow() throws DemoException {
        try {
            new MeasurementPublisher(
                            chain.rpc(),
                            contracts.chainId(),
                            contracts.measurementRegistry(),
                            governor)
                    .allow(measurement, "simulated", Instant.now().plus(MEASUREMENT_TRUST));
        } catch (GovernException e) {
            throw new DemoException("measurement " + measurement, e);
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
     * A change for a person to make: a document with another upstream, which runs, and the key that
     * may publish it.
     */
    record PreparedChange(Path document, Path key) {}

    PreparedChange prepareChange() throws DemoException, InterruptedException {
        PreparedChange change =
                new PreparedChange(folder.resolve("green.json"), folder.resolve("governor.key"));
        try {
            URI green = anotherUpstream("green").uri();
            Files.write(change.document(), Documents.domain(DOMAIN, green, authority.directory()));
            Files.writeString(change.key(), Anvil.KEYS.getFirst());
            return change;
        } catch (IOException e) {
            throw new DemoException("folder of this run", e);
        }
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

    /** What the gateway's evidence must show. */
    Hash32 measurement() {
        return measurement;
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

    Pebble authority() {
        return authority;
    }

    Deployed contracts() {
        return contracts;
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
        }
        DemoFolder.remove(folder);
    }

    private void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) { // Each of the others must still be closed.
            progress.accept("closing: " + e);
        }
    }
}
