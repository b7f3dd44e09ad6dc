package io.attestgate.proxy.tls;

import io.attestgate.proxy.accept.Deadline;
import io.attestgate.proxy.accept.Loop;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the handshake and then gives its place to the protocol that was agreed.
 *
 * <p>One per connection, behind {@link TlsGate}. Its deadline covers the ClientHello too, so that a
 * client that sends nothing, or a byte now and then, ends like any other. {@code acme-tls/1}
 * carries no data (RFC 8737 §4): that connection ends with its handshake.
 */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {
    private final Loop loop;
    private final Duration handshakeMax;
    private final Consumer<HandshakeEnd> ended;
    private final BiConsumer<ChannelHandlerContext, TlsFacts> established;
    private @Nullable Deadline deadline;
    private @Nullable Expected expected;
    private boolean settled;

    /** What the ClientHello asked for and was given. */
    record Expected(Hostname serverName, Hash32 spkiSha256) {}

    HandshakeWatch(
            Loop loop,
            Duration handshakeMax,
            Consumer<HandshakeEnd> ended,
            BiConsumer<ChannelHandlerContext, TlsFacts> established) {
        this.loop = loop;
        this.handshakeMax = handshakeMax;
        this.ended = ended;
        this.established = established;
    }

    void expect(Expected chosen) {
        expected = chosen;
    }

    /** Its end has been counted by whoever ended it. */
    void settled() {
        settled = true;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = loop.deadline(ctx::close);
        deadline.in(handshakeMax);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent completion)) {
            ctx.fireUserEventTriggered(event);
        } else if (!completion.isSuccess()) {
            end(HandshakeEnd.FAILED);
            ctx.close();
        } else {
            succeed(ctx);
        }
    }

    private void succeed(ChannelHandlerContext ctx) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        Expected asked = expected;
        if (tls == null || asked == null) {
            throw new IllegalStateException("handshake: without a ClientHello (expected: one)");
        }
        String agreed = tls.applicationProtocol();
        if (TlsContexts.ACME_TLS_1.equals(agreed)) {
            end(HandshakeEnd.CHALLENGE);
            ctx.close();
            return;
        }
        SSLSession session = tls.engine().getSession();
        end(HandshakeEnd.COMPLETED);
        String protocol = agreed == null ? ApplicationProtocolNames.HTTP_1_1 : agreed;
        established.accept(
                ctx,
                new TlsFacts(
                        asked.serverName(), asked.spkiSha256(), session.getProtocol(), protocol));
        ctx.pipeline().remove(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(HandshakeEnd.FAILED);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(HandshakeEnd.FAILED);
        ctx.close();
    }

    private void end(HandshakeEnd end) {
        if (!settled) {
            settled = true;
            ended.accept(end);
        }
    }
}
