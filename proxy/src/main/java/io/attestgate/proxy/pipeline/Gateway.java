package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.accept.Listener;
import io.attestgate.proxy.accept.Loop;
import io.attestgate.proxy.accept.Loops;
import io.attestgate.proxy.http.FrontConnection;
import io.attestgate.proxy.http.Http1Front;
import io.attestgate.proxy.http.Http2Front;
import io.attestgate.proxy.http.HttpDate;
import io.attestgate.proxy.http.RequestHandler;
import io.attestgate.proxy.pipeline.RequestObserver.Port;
import io.attestgate.proxy.respond.AnswerFields;
import io.attestgate.proxy.tls.TlsEntrance;
import io.attestgate.proxy.tls.TlsFacts;
import io.attestgate.proxy.upstream.UpstreamConnector;
import io.attestgate.proxy.upstream.UpstreamNames;
import io.attestgate.proxy.upstream.UpstreamPool;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The request way, open: its loops, its listeners, its connections.
 *
 * <p>The one place that knows the order of the stages. {@link #drain} before {@link #close} lets
 * what runs end by itself.
 */
public final class Gateway implements AutoCloseable {
    private final GatewayOptions options;
    private final GatewayParts parts;
    private final Loops loops;
    private final IdentityHashMap<Loop, OnLoop> shared = new IdentityHashMap<>();
    private final TlsEntrance tls;
    private final AnswerFields fields;
    private final Draining draining;
    private final Listener https;
    private final Optional<Listener> http;

    /**
     * Opens the listeners; the caller closes the result.
     *
     * @throws IOException if an address cannot be had; nothing is left open then
     */
    public static Gateway open(GatewayOptions options, GatewayParts parts) throws IOException {
        Loops loops = Loops.open(options.transport(), options.threads());
        try {
            return new Gateway(options, parts, loops);
        } catch (IOException unavailable) {
            loops.close();
            throw unavailable;
        }
    }

    private Gateway(GatewayOptions options, GatewayParts parts, Loops loops) throws IOException {
        this.options = options;
        this.parts = parts;
        this.loops = loops;
        this.fields = new AnswerFields(new HttpDate(parts.clock()));
        this.draining = new Draining();
        UpstreamConnector connector =
                new UpstreamConnector(
                        options.transport(), new UpstreamNames(parts.blocking(), parts.clock()));
        loops.all().forEach(loop -> shared.put(loop, open(loop, connector)));
        this.tls =
                new TlsEntrance(
                        host -> parts.routes().get().admission(host, parts.clock().instant()),
                        parts.identities(),
                        options.handshakeMax(),
                        loops.all().iterator().next().executor(),
                        parts.observer()::handshakeEnded);
        RequestPipeline pipeline = new RequestPipeline(parts, shared, fields);
        tls.open();
        https = listen(options.https(), channel -> accept(channel, pipeline));
        try {
            http = options.http().isPresent() ? Optional.of(openHttp()) : Optional.empty();
        } catch (IOException unavailable) {
            https.close();
            throw unavailable;
        }
    }

    private OnLoop open(Loop loop, UpstreamConnector connector) {
        return new OnLoop(
                new UpstreamPool(loop, connector),
                Permits.open(loop, parts.routes(), parts.clock()));
    }

    private Listener openHttp() throws IOException {
        int httpsPort =
                options.publicHttpsPort() == 0
                        ? https.address().getPort()
                        : options.publicHttpsPort();
        PlainHttp plain = new PlainHttp(parts, fields, httpsPort);
        return listen(options.http().orElseThrow(), channel -> acceptPlain(channel, plain));
    }

    private Listener listen(InetSocketAddress address, Consumer<SocketChannel> accepted)
            throws IOException {
        return Listener.open(loops, address, options.connectionsMax(), accepted);
    }

    private void accept(SocketChannel channel, RequestHandler handler) {
        Loop loop = watch(channel, Port.HTTPS);
        tls.admit(
                channel.pipeline(),
                loop,
                (ctx, facts) ->
                        speak(
                                channel.pipeline(),
                                front(channel, loop, Optional.of(facts)),
                                handler));
    }

    private void acceptPlain(SocketChannel channel, RequestHandler handler) {
        Loop loop = watch(channel, Port.HTTP);
        FrontConnection connection = front(channel, loop, Optional.empty());
        channel.pipeline().addLast(new Http1Front(connection, handler, options.limits()));
    }

    private Loop watch(SocketChannel channel, Port port) {
        parts.observer().connectionOpened(port);
        channel.closeFuture().addListener(closed -> parts.observer().connectionClosed(port));
        return loops.of(channel);
    }

    private FrontConnection front(SocketChannel channel, Loop loop, Optional<TlsFacts> facts) {
        return new FrontConnection(
                channel, channel.remoteAddress(), loop, facts, draining, loop.flusher(channel));
    }

    private void speak(
            ChannelPipeline pipeline, FrontConnection connection, RequestHandler handler) {
        boolean isHttp2 =
                connection
                        .tls()
                        .filter(facts -> facts.protocol().equals(ApplicationProtocolNames.HTTP_2))
                        .isPresent();
        pipeline.addLast(
                isHttp2
                        ? Http2Front.of(connection, handler, options.limits())
                        : new Http1Front(connection, handler, options.limits()));
    }

    /** Where https is listened to. */
    public InetSocketAddress httpsAddress() {
        return https.address();
    }

    /** Where port 80's answers are given; empty if nowhere. */
    public Optional<InetSocketAddress> httpAddress() {
        return http.map(Listener::address);
    }

    /** Connections of clients that are open now. */
    public int connectionCount() {
        return https.connections().size() + http.map(h -> h.connections().size()).orElse(0);
    }

    /**
     * Accepts no more, says so on every connection, and waits until the last one has ended.
     *
     * @return whether it has, within {@code patience}
     */
    public boolean drain(Duration patience) throws InterruptedException {
        https.stopAccepting();
        http.ifPresent(Listener::stopAccepting);
        draining.begin(https.connections());
        http.ifPresent(listener -> draining.begin(listener.connections()));
        return Draining.await(https.connections(), patience);
    }

    /** Closes everything, at once. A second call does nothing. */
    @Override
    public void close() {
        https.close();
        http.ifPresent(Listener::close);
        shared.forEach((loop, its) -> loop.executor().execute(its.pool()::close));
        loops.close();
        tls.close();
    }
}
