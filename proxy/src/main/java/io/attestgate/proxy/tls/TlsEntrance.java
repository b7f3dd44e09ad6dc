package io.attestgate.proxy.tls;

import io.attestgate.proxy.accept.Loop;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The stage as a whole: takes a new connection, gives it back when its handshake is done. */
public final class TlsEntrance implements AutoCloseable {
    private final TlsPolicy policy;
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
        this.policy = policy;
        this.contexts = new TlsContexts(scheduler);
        this.chooser = new TlsChooser(policy, identities, contexts, handshakeMax);
        this.handshakeMax = handshakeMax;
        this.ended = ended;
    }

    /** Begins to rotate the keys of session tickets and to forget names that are gone. */
    public void open() {
        contexts.open(host -> policy.admission(host) instanceof TlsPolicy.Admission.Served);
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
}
