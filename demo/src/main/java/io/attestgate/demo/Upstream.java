package io.attestgate.demo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A small app to stand behind the gateway: says its own name, sends downloads of any size, echoes
 * what is posted and what comes over a WebSocket.
 *
 * <p>Owns its event loop. {@link #holdDownloads} and {@link #releaseDownloads} may be called by any
 * thread.
 */
final class Upstream implements AutoCloseable {
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicReference<Gate> gate = new AtomicReference<>(Gate.open());
    private final Channel channel;

    private Upstream(String name) throws InterruptedException {
        channel =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel accepted) {
                                        accepted.pipeline()
                                                .addLast(new HttpServerCodec())
                                                .addLast(new HttpObjectAggregator(BODY_BYTES_MAX))
                                                .addLast(new UpstreamApp(name, gate::get));
                                    }
                                })
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sync()
                        .channel();
    }

    /** Starts one on a free loopback port. */
    static Upstream start(String name) throws InterruptedException {
        return new Upstream(name);
    }

    URI uri() {
        return URI.create(
                "http://127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort());
    }

    /** Downloads that start from now on stop half way until {@link #releaseDownloads}. */
    void holdDownloads() {
        gate.set(new Gate());
    }

    void releaseDownloads() {
        gate.getAndSet(Gate.open()).release();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
