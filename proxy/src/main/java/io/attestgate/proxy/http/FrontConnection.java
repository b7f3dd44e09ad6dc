package io.attestgate.proxy.http;

import io.attestgate.proxy.accept.Flusher;
import io.attestgate.proxy.accept.Loop;
import io.attestgate.proxy.tls.TlsFacts;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A connection from a client.
 *
 * @param remoteAddress asked for at the start: a channel that is closed may have forgotten it
 * @param tls empty on the port without TLS
 * @param draining asked at the end of an exchange: whether the connection should end with it
 * @param flusher of {@code channel}
 */
public record FrontConnection(
        Channel channel,
        InetSocketAddress remoteAddress,
        Loop loop,
        Optional<TlsFacts> tls,
        Drain draining,
        Flusher flusher) {

    /** Whether we are shutting down. */
    @FunctionalInterface
    public interface Drain {
        boolean isDraining();
    }
}
