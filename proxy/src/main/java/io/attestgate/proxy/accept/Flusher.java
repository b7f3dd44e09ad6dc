package io.attestgate.proxy.accept;

import io.netty.channel.Channel;

/** Flushes one channel at the end of the loop's turn, however often it is asked to. */
public final class Flusher {
    private final Loop loop;
    private final Channel channel;
    private boolean pending;

    Flusher(Loop loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
    }

    /** On the loop's thread only. */
    public void later() {
        if (!pending) {
            pending = true;
            loop.flushLater(this);
        }
    }

    void now() {
        pending = false;
        channel.flush();
    }
}
