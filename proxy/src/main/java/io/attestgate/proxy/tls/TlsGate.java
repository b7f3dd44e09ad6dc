package io.attestgate.proxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello and puts the TLS of the name it asks for in its own place, or ends the
 * connection with the alert that says why not.
 *
 * <p>One per connection, first in the pipeline; behind it stands {@link HandshakeWatch}. There is
 * no default: no name, or a name that the policy does not have, is {@code unrecognized_name} (RFC
 * 6066 §3) and costs no signature.
 */
final class TlsGate extends SslClientHelloHandler<TlsGate.Choice> {
    /** Three times what a browser with a post-quantum key share sends. */
    static final int CLIENT_HELLO_BYTES_MAX = 8 * 1024;

    private final TlsChooser chooser;
    private final Consumer<HandshakeEnd> refused;

    /** What the ClientHello led to. */
    sealed interface Choice {
        record Handshake(SslHandler handler, HandshakeWatch.Expected expected) implements Choice {}

        record Alert(TlsAlert alert, HandshakeEnd end) implements Choice {}
    }

    TlsGate(TlsChooser chooser, Consumer<HandshakeEnd> refused) {
        super(CLIENT_HELLO_BYTES_MAX);
        this.chooser = chooser;
        this.refused = refused;
    }

    @Override
    protected Future<Choice> lookup(ChannelHandlerContext ctx, @Nullable ByteBuf clientHello) {
        Choice choice =
                Optional.ofNullable(clientHello)
                        .flatMap(ClientHello::parse)
                        .map(hello -> chooser.choose(hello, ctx.alloc()))
                        .orElse(new Choice.Alert(TlsAlert.DECODE_ERROR, HandshakeEnd.FAILED));
        return ctx.executor().newSucceededFuture(choice);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, Future<Choice> future) {
        switch (future.getNow()) {
            case Choice.Handshake(SslHandler handler, HandshakeWatch.Expected expected) -> {
                ctx.pipeline().get(HandshakeWatch.class).expect(expected);
                ctx.pipeline().replace(this, "tls", handler);
            }
            case Choice.Alert(TlsAlert alert, HandshakeEnd end) -> {
                refused.accept(end);
                ctx.pipeline().get(HandshakeWatch.class).settled();
                alert.sendAndClose(ctx);
            }
        }
    }

    /** Whether the client speaks something that we do; one that offers nothing speaks HTTP/1.1. */
    static boolean speaksOurs(List<String> protocols) {
        return protocols.isEmpty()
                || protocols.contains(ApplicationProtocolNames.HTTP_2)
                || protocols.contains(ApplicationProtocolNames.HTTP_1_1);
    }
}
