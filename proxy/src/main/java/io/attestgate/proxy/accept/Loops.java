package io.attestgate.proxy.accept;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;

/** The event loops of the process, as many as it has processors. */
public final class Loops implements AutoCloseable {
    private final Transport transport;
    private final EventLoopGroup group;
    private final IdentityHashMap<EventLoop, Loop> loops;

    private Loops(
            Transport transport, EventLoopGroup group, IdentityHashMap<EventLoop, Loop> loops) {
        this.transport = transport;
        this.group = group;
        this.loops = loops;
    }

    /** Starts {@code threads} loops; the caller closes them. */
    public static Loops open(Transport transport, int threads) {
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        threads, new DefaultThreadFactory("loop", true), transport.handlers());
        IdentityHashMap<EventLoop, Loop> loops = new IdentityHashMap<>();
        for (EventExecutor executor : group) {
            Loop loop = new Loop((EventLoop) executor);
            loops.put(loop.executor(), loop);
            loop.open();
        }
        return new Loops(transport, group, loops);
    }

    public Transport transport() {
        return transport;
    }

    public Collection<Loop> all() {
        return loops.values();
    }

    /** The loop that the channel lives on. */
    public Loop of(Channel channel) {
        Loop loop = loops.get(channel.eventLoop());
        if (loop == null) {
            throw new IllegalArgumentException("channel: of another group (expected: one of ours)");
        }
        return loop;
    }

    EventLoopGroup group() {
        return group;
    }

    /** Ends the threads; what still runs on them ends with them. */
    @Override
    public void close() {
        var _ =
                group.shutdownGracefully(0, 2, TimeUnit.SECONDS)
                        .awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
