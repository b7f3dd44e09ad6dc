package io.attestgate.proxy.accept;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * One bound address and the connections that came through it.
 *
 * <p>At most {@code connectionsMax} at a time: one more is closed at once, before it has cost a
 * handshake.
 */
public final class Listener implements AutoCloseable {
    /** Connections that wait in the kernel while the loops are busy. */
    static final int BACKLOG = 4096;

    /**
     * What may wait to be written to one connection before its source is no longer read: two full
     * TLS records, and room for eight.
     */
    public static final WriteBufferWaterMark WATER_MARKS =
            new WriteBufferWaterMark(32 * 1024, 128 * 1024);

    private final ChannelGroup connections;
    private final Channel server;

    private Listener(Channel server, ChannelGroup connections) {
        this.server = server;
        this.connections = connections;
    }

    /**
     * Binds {@code address} and hands each connection to {@code accepted}, on the connection's own
     * loop.
     *
     * @throws IOException if the address cannot be had
     */
    public static Listener open(
            Loops loops,
            InetSocketAddress address,
            int connectionsMax,
            Consumer<SocketChannel> accepted)
            throws IOException {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.transport().serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                        .childHandler(admit(connections, connectionsMax, accepted));
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "listener: %s cannot be bound (expected: a free address of this machine)"
                            .formatted(address),
                    bound.cause());
        }
        return new Listener(bound.channel(), connections);
    }

    private static ChannelHandler admit(
            ChannelGroup connections, int connectionsMax, Consumer<SocketChannel> accepted) {
        return new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                if (connections.size() >= connectionsMax) {
                    channel.close();
                    return;
                }
                connections.add(channel);
                accepted.accept(channel);
            }
        };
    }

    /** Where it listens; the port is the real one also when 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** The connections that are open now. */
    public ChannelGroup connections() {
        return connections;
    }

    /** Accepts no more; the connections stay. */
    public void stopAccepting() {
        server.close().awaitUninterruptibly();
    }

    /** Accepts no more and closes every connection. */
    @Override
    public void close() {
        stopAccepting();
        connections.close().awaitUninterruptibly();
    }
}
