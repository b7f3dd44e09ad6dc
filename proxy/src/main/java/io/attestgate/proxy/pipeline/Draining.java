package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.http.FrontConnection;
import io.attestgate.proxy.http.Http1Front;
import io.attestgate.proxy.http.Http2Front;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of service: idle connections end now, busy ones with what they are doing.
 *
 * <p>HTTP/1.1 says {@code Connection: close} with the next answer, HTTP/2 sends GOAWAY.
 */
final class Draining implements FrontConnection.Drain {
    private volatile boolean begun;

    @Override
    public boolean isDraining() {
        return begun;
    }

    /** From now on each connection ends as soon as it can. Any thread. */
    void begin(ChannelGroup connections) {
        begun = true;
        for (Channel channel : connections) {
            channel.eventLoop().execute(() -> end(channel));
        }
    }

    private static void end(Channel channel) {
        Http1Front http1 = channel.pipeline().get(Http1Front.class);
        Http2Front http2 = channel.pipeline().get(Http2Front.class);
        if (http1 != null) {
            http1.drain();
        } else if (http2 != null) {
            http2.drain();
        }
    }

    /** Waits for the last connection; whether it ended in time. */
    static boolean await(ChannelGroup connections, Duration patience) throws InterruptedException {
        return connections.newCloseFuture().await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
