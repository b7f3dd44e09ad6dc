package io.attestgate.proxy.tls;

import io.attestgate.proxy.tls.TlsGate.Choice;
import io.attestgate.proxy.tls.TlsPolicy.Admission;
import io.attestgate.wire.Hostname;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Which TLS a ClientHello gets: the policy says whether, the identities with what. */
final class TlsChooser {
    private final TlsPolicy policy;
    private final TlsIdentities identities;
    private final TlsContexts contexts;
    private final Duration handshakeMax;

    TlsChooser(
            TlsPolicy policy,
            TlsIdentities identities,
            TlsContexts contexts,
            Duration handshakeMax) {
        this.policy = policy;
        this.identities = identities;
        this.contexts = contexts;
        this.handshakeMax = handshakeMax;
    }

    Choice choose(ClientHello hello, ByteBufAllocator allocator) {
        if (hello.serverName().isEmpty()) {
            return new Choice.Alert(TlsAlert.UNRECOGNIZED_NAME, HandshakeEnd.UNKNOWN_NAME);
        }
        Hostname host = hello.serverName().get();
        try {
            return hello.protocols().contains(TlsContexts.ACME_TLS_1)
                    ? challenge(host, allocator)
                    : serving(host, hello, allocator);
        } catch (SSLException unusable) {
            return new Choice.Alert(TlsAlert.INTERNAL_ERROR, HandshakeEnd.NO_CERTIFICATE);
        }
    }

    private Choice challenge(Hostname host, ByteBufAllocator allocator) throws SSLException {
        Optional<TlsIdentity> identity = identities.challenge(host);
        if (identity.isEmpty()) {
            return new Choice.Alert(TlsAlert.UNRECOGNIZED_NAME, HandshakeEnd.UNKNOWN_NAME);
        }
        SslContext context = TlsContexts.challenge(identity.get());
        try {
            return handshake(context, host, identity.get(), allocator);
        } finally {
            ReferenceCountUtil.release(context); // The handshake holds it from here on.
        }
    }

    private Choice serving(Hostname host, ClientHello hello, ByteBufAllocator allocator)
            throws SSLException {
        return switch (policy.admission(host)) {
            case Admission.Unknown unknown ->
                    new Choice.Alert(TlsAlert.UNRECOGNIZED_NAME, HandshakeEnd.UNKNOWN_NAME);
            case Admission.Served(TlsTerms terms) -> {
                Optional<TlsIdentity> identity = identities.serving(host);
                if (identity.isEmpty()) {
                    yield new Choice.Alert(TlsAlert.INTERNAL_ERROR, HandshakeEnd.NO_CERTIFICATE);
                }
                if (!TlsGate.speaksOurs(hello.protocols())) {
                    yield new Choice.Alert(
                            TlsAlert.NO_APPLICATION_PROTOCOL, HandshakeEnd.NO_PROTOCOL);
                }
                SslContext context = contexts.serving(host, identity.get(), terms);
                yield handshake(context, host, identity.get(), allocator);
            }
        };
    }

    private Choice handshake(
            SslContext context, Hostname host, TlsIdentity identity, ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator);
        handler.setHandshakeTimeout(handshakeMax.toMillis(), TimeUnit.MILLISECONDS);
        return new Choice.Handshake(
                handler, new HandshakeWatch.Expected(host, identity.spkiSha256()));
    }
}
