package io.attestgate.proxy.tls;

import io.attestgate.proxy.accept.Loop;
import io.attestgate.wire.Hostname;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The stage as a whole: takes a new connection, gives it back when its handshake is done. */
public final class TlsEntrance implements AutoCloseable {
    private final TlsChooser chooser;
    private final TlsContexts contexts;
    private final Duration handshakeMax;
    private final Consumer<HandshakeEnd> ended;

    /**
     * Without effects.
     *
     * @param handshakeMax from the first byte of the connection to the last of the handshake
     * @param scheduler frees contexts that were replaced and rotates ticket keys
     * @param ended is told of every handshake, on the connection's loop
     */
    public TlsEntrance(
            TlsPolicy policy,
            TlsIdentities identities,
            Duration handshakeMax,
            ScheduledExecutorService scheduler,
            Consumer<HandshakeEnd> ended) {
        this.contexts = new TlsContexts(scheduler);
        this.chooser = new TlsChooser(policy, identities, contexts, handshakeMax);
        this.handshakeMax = handshakeMax;
        this.ended = ended;
    }

    /** Begins to rotate the keys of session tickets. */
    public void open() {
        contexts.open();
    }

    /**
     * Puts TLS into the pipeline of a new connection. When it stands, {@code established} is called
     * once, on the loop, to add what speaks the protocol that was agreed.
     */
    public void admit(
            ChannelPipeline pipeline,
            Loop loop,
            BiConsumer<ChannelHandlerContext, TlsFacts> established) {
        pipeline.addLast(new TlsGate(chooser, ended));
        pipeline.addLast(new HandshakeWatch(loop, handshakeMax, ended, established));
    }

    /** Frees what BoringSSL holds; after the loops have ended. */
    @Override
    public void close() {
        contexts.close();
    }

    /** Ends the tickets of every name that the policy no longer serves. Any thread. */
    public void retain(Predicate<Hostname> served) {
        contexts.retain(served);
    }
}
