package io.attestgate.proxy.operations;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The operations listener: GET and HEAD of four pages, on one thread of its own, so that a slow
 * reader of metrics never holds up a request.
 *
 * <p>It opens before the policy is read, since its readers want to know why a start takes long.
 */
public final class OperationsServer implements AutoCloseable {
    /** Probes and scrapers hold a handful. */
    static final int CONNECTIONS_MAX = 64;

    static final int READ_WAIT_SECONDS_MAX = 30;

    /** No page takes a body: the room is for an honest 405. */
    static final int BODY_BYTES_MAX = 1024;

    private final EventLoopGroup loop;
    private final Channel listener;
    private final ChannelGroup connections;

    private OperationsServer(EventLoopGroup loop, Channel listener, ChannelGroup connections) {
        this.loop = loop;
        this.listener = listener;
        this.connections = connections;
    }

    /**
     * Binds and answers from then on.
     *
     * @param status called on the listener's thread for each page that needs it; must not block
     * @throws IOException if the address cannot be bound
     */
    public static OperationsServer open(
            InetSocketAddress address,
            Supplier<GatewayStatus> status,
            PrometheusRegistry metrics,
            InstantSource clock)
            throws IOException {
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("operations", true), NioIoHandler.newFactory());
        ChannelGroup connections = new DefaultChannelGroup(loop.next());
        Pages pages = new Pages(status, metrics, clock);
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        initialize(channel, connections, pages);
                                    }
                                })
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(loop);
            throw new IOException(
                    "operations: %s (expected: free)".formatted(address), bound.cause());
        }
        return new OperationsServer(loop, bound.channel(), connections);
    }

    private static void initialize(SocketChannel channel, ChannelGroup connections, Pages pages) {
        if (connections.size() >= CONNECTIONS_MAX) {
            channel.close();
            return;
        }
        connections.add(channel);
        channel.pipeline()
                .addLast(
                        new ReadTimeoutHandler(READ_WAIT_SECONDS_MAX),
                        new HttpServerCodec(),
                        new HttpObjectAggregator(BODY_BYTES_MAX, true),
                        new PageHandler(pages));
    }

    /** Where it listens; the port is the system's choice if 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        stop(loop);
    }

    private static void stop(EventLoopGroup loop) {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
