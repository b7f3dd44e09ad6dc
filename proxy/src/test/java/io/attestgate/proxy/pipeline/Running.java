package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.accept.Http01Answers;
import io.attestgate.proxy.http.HttpLimits;
import io.attestgate.proxy.respond.LocalAnswers;
import io.attestgate.proxy.route.RouteTable;
import io.attestgate.proxy.tls.TlsIdentities;
import io.attestgate.proxy.tls.TlsIdentity;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A gateway of the tests on free ports of loopback, with everything that it is given at hand. */
final class Running implements TlsIdentities, AutoCloseable {
    final TestAuthority authority = new TestAuthority();
    final TestPolicy policy = new TestPolicy(Instant.now());
    final AtomicReference<RouteTable> table = new AtomicReference<>(RouteTable.empty());
    final AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());
    final Map<Hostname, TlsIdentity> serving = new ConcurrentHashMap<>();
    final Map<Hostname, TlsIdentity> challenges = new ConcurrentHashMap<>();
    final Map<String, String> http01 = new ConcurrentHashMap<>();
    final Observed observed = new Observed();
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final Gateway gateway;

    private Running(LocalAnswers local, HttpLimits limits) throws IOException {
        Leaks.watch();
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Http01Answers answers = (host, token) -> Optional.ofNullable(http01.get(token));
        gateway =
                Gateway.open(
                        GatewayOptions.of(free, Optional.of(free)).withLimits(limits),
                        new GatewayParts(
                                table::get, this, answers, local, clock::get, blocking, observed));
    }

    static Running open() throws IOException {
        return open(request -> Optional.empty());
    }

    static Running open(LocalAnswers local) throws IOException {
        return new Running(local, HttpLimits.DEFAULT);
    }

    static Running open(HttpLimits limits) throws IOException {
        return new Running(request -> Optional.empty(), limits);
    }

    /** A host with a certificate, all of which goes to that port. */
    Running serve(String host, int port) {
        certify(host);
        policy.host(host, port);
        enforce();
        return this;
    }

    Running certify(String host) {
        serving.put(new Hostname(host), authority.identity(host));
        return this;
    }

    /** What the policy says by now is in force. */
    void enforce() {
        table.set(policy.table());
    }

    int httpsPort() {
        return gateway.httpsAddress().getPort();
    }

    int httpPort() {
        return gateway.httpAddress().orElseThrow().getPort();
    }

    Gateway gateway() {
        return gateway;
    }

    RawClient client(String host) throws IOException {
        return RawClient.tls(authority.trusting(), httpsPort(), host, "http/1.1");
    }

    @Override
    public Optional<TlsIdentity> serving(Hostname host) {
        return Optional.ofNullable(serving.get(host));
    }

    @Override
    public Optional<TlsIdentity> challenge(Hostname host) {
        return Optional.ofNullable(challenges.get(host));
    }

    @Override
    public void close() {
        gateway.close();
        blocking.shutdownNow();
        Leaks.assertNone();
    }
}
