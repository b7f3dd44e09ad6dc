package io.attestgate.proxy.upstream;

import io.attestgate.policy.document.UpstreamTls;
import io.attestgate.proxy.accept.Listener;
import io.attestgate.proxy.accept.Loop;
import io.attestgate.proxy.accept.Transport;
import io.attestgate.proxy.route.UpstreamTarget;
import io.attestgate.proxy.upstream.UpstreamFault.Sent;
import io.attestgate.proxy.upstream.UpstreamFault.Source;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** Makes connections: name, TCP, TLS where the policy says so. */
public final class UpstreamConnector {
    private final Transport transport;
    private final UpstreamNames names;
    private final UpstreamTlsContexts contexts = new UpstreamTlsContexts();

    public UpstreamConnector(Transport transport, UpstreamNames names) {
        this.transport = transport;
        this.names = names;
    }

    /** Connects on {@code loop} and tells {@code borrower} there. */
    void connect(
            Loop loop,
            UpstreamTarget target,
            Duration connectMax,
            Function<Channel, UpstreamConnection> wrap,
            UpstreamPool.Borrower borrower) {
        names.resolve(target.host())
                .whenComplete(
                        (addresses, unknown) ->
                                runOn(
                                        loop,
                                        () -> {
                                            if (unknown != null) {
                                                borrower.failed(
                                                        fault(Source.NAME, unknown.getMessage()));
                                            } else {
                                                connect(
                                                        loop,
                                                        target,
                                                        addresses,
                                                        connectMax,
                                                        wrap,
                                                        borrower);
                                            }
                                        }));
    }

    private static void runOn(Loop loop, Runnable action) {
        if (loop.executor().inEventLoop()) {
            action.run();
        } else {
            loop.executor().execute(action);
        }
    }

    private void connect(
            Loop loop,
            UpstreamTarget target,
            InetAddress address,
            Duration connectMax,
            Function<Channel, UpstreamConnection> wrap,
            UpstreamPool.Borrower borrower) {
        int connectMillis = (int) Math.min(connectMax.toMillis(), Integer.MAX_VALUE);
        ChannelFuture connecting =
                new Bootstrap()
                        .group(loop.executor())
                        .channel(transport.clientChannel())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Listener.WATER_MARKS)
                        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                        .handler(placeholder())
                        .connect(new InetSocketAddress(address, target.port()));
        connecting.addListener(
                done -> {
                    if (done.isSuccess()) {
                        secure(connecting.channel(), target, connectMax, wrap, borrower);
                    } else {
                        boolean late =
                                done.cause() instanceof io.netty.channel.ConnectTimeoutException;
                        borrower.failed(
                                fault(
                                        late ? Source.CONNECT_TIMEOUT : Source.CONNECT,
                                        done.cause().getMessage()));
                    }
                });
    }

    /** Stands where the connection will, and closes quietly: the borrower hears by a future. */
    private static ChannelHandler placeholder() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
            }
        };
    }

    private void secure(
            Channel channel,
            UpstreamTarget target,
            Duration connectMax,
            Function<Channel, UpstreamConnection> wrap,
            UpstreamPool.Borrower borrower) {
        switch (target.tls()) {
            case UpstreamTls.None none -> connected(channel, wrap, borrower);
            case UpstreamTls.Verified verified -> {
                try {
                    SslHandler tls = contexts.handler(verified, target, channel.alloc());
                    tls.setHandshakeTimeout(connectMax.toMillis(), TimeUnit.MILLISECONDS);
                    channel.pipeline().addFirst("tls", tls);
                    tls.handshakeFuture()
                            .addListener(
                                    done -> {
                                        if (done.isSuccess()) {
                                            connected(channel, wrap, borrower);
                                        } else {
                                            channel.close();
                                            borrower.failed(
                                                    fault(Source.TLS, done.cause().getMessage()));
                                        }
                                    });
                } catch (SSLException unusable) {
                    channel.close();
                    borrower.failed(fault(Source.TLS, unusable.getMessage()));
                }
            }
        }
    }

    private static void connected(
            Channel channel,
            Function<Channel, UpstreamConnection> wrap,
            UpstreamPool.Borrower borrower) {
        UpstreamConnection connection = wrap.apply(channel);
        channel.pipeline().removeLast();
        channel.pipeline().addLast("http", connection);
        borrower.connected(connection);
    }

    private static UpstreamFault fault(
            Source source, @org.jspecify.annotations.Nullable String detail) {
        return new UpstreamFault(source, Sent.NO, String.valueOf(detail));
    }
}
