package io.attestgate.proxy.tls;

import static io.netty.handler.ssl.ApplicationProtocolNames.HTTP_1_1;
import static io.netty.handler.ssl.ApplicationProtocolNames.HTTP_2;

import io.attestgate.wire.Hostname;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * BoringSSL's contexts, one per name, made again when its identity or its terms change.
 *
 * <p>A context carries its own session-ticket keys, so a ticket is good for one name, one
 * certificate and one policy document: what changes one of them ends the tickets. A context that
 * was replaced is freed a while later, when no loop can still be about to use it; connections that
 * began with it hold it themselves.
 *
 * <p>Safe for every loop; two that meet a change together may both make a context, and the later
 * one stays.
 */
final class TlsContexts {
    /** ALPN name of RFC 8737. */
    static final String ACME_TLS_1 = "acme-tls/1";

    /** Hosts of one wildcard are as many as a client likes to name; past this, one makes room. */
    static final int CONTEXTS_MAX = 4096;

    static final Duration RELEASED_AFTER = Duration.ofMinutes(1);

    /** How long one key seals tickets; it opens them for as long again. */
    static final Duration TICKET_KEY_LIFE = Duration.ofHours(6);

    /** RFC 9325 §4.2: forward secrecy and authenticated encryption alone. TLS 1.3 has its own. */
    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "ECDHE-ECDSA-AES128-GCM-SHA256",
                    "ECDHE-ECDSA-AES256-GCM-SHA384",
                    "ECDHE-ECDSA-CHACHA20-POLY1305",
                    "ECDHE-RSA-AES128-GCM-SHA256",
                    "ECDHE-RSA-AES256-GCM-SHA384");

    private final ConcurrentMap<Hostname, Entry> entries = new ConcurrentHashMap<>();
    private final Set<SslContext> replaced = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService scheduler;

    private static final class Entry {
        final TlsIdentity identity;
        final TlsTerms terms;
        final SslContext context;
        private TicketKeys tickets = TicketKeys.fresh();

        Entry(TlsIdentity identity, TlsTerms terms, SslContext context) {
            this.identity = identity;
            this.terms = terms;
            this.context = context;
            tickets.install(sessions());
        }

        /** On the scheduler's one thread. */
        void rotateTickets() {
            tickets = tickets.rotated();
            tickets.install(sessions());
        }

        private OpenSslSessionContext sessions() {
            return (OpenSslSessionContext) context.sessionContext();
        }
    }

    TlsContexts(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** The context that serves {@code host} with {@code identity} under {@code terms}. */
    @SuppressWarnings("ReferenceEquality") // Comparing chains at each handshake would be dear.
    SslContext serving(Hostname host, TlsIdentity identity, TlsTerms terms) throws SSLException {
        Entry entry = entries.get(host);
        if (entry != null && entry.identity == identity && entry.terms.equals(terms)) {
            return entry.context;
        }
        if (entries.size() >= CONTEXTS_MAX) {
            release(entries.remove(entries.keySet().iterator().next()));
        }
        Entry fresh = new Entry(identity, terms, build(identity, terms));
        release(entries.put(host, fresh));
        return fresh.context;
    }

    /** A context of one handshake that answers a certificate authority; the caller releases it. */
    static SslContext challenge(TlsIdentity identity) throws SSLException {
        return builder(identity)
                .protocols("TLSv1.2", "TLSv1.3")
                .applicationProtocolConfig(alpn(ACME_TLS_1))
                .build();
    }

    /**
     * Begins to rotate the ticket keys, and to free what belongs to names that are no longer {@code
     * served}; ends with the scheduler.
     */
    void open(Predicate<Hostname> served) {
        var _ =
                scheduler.scheduleAtFixedRate(
                        () -> entries.values().forEach(Entry::rotateTickets),
                        TICKET_KEY_LIFE.toSeconds(),
                        TICKET_KEY_LIFE.toSeconds(),
                        TimeUnit.SECONDS);
        var _ =
                scheduler.scheduleAtFixedRate(
                        () -> retain(served),
                        RELEASED_AFTER.toSeconds(),
                        RELEASED_AFTER.toSeconds(),
                        TimeUnit.SECONDS);
    }

    private void retain(Predicate<Hostname> served) {
        for (Hostname host : entries.keySet()) {
            if (!served.test(host)) {
                release(entries.remove(host));
            }
        }
    }

    /** Frees every context; when no loop uses them any more. */
    void close() {
        entries.values().forEach(entry -> replaced.add(entry.context));
        entries.clear();
        replaced.forEach(this::free);
    }

    private void release(@Nullable Entry entry) {
        if (entry != null) {
            replaced.add(entry.context);
            var _ =
                    scheduler.schedule(
                            () -> free(entry.context),
                            RELEASED_AFTER.toSeconds(),
                            TimeUnit.SECONDS);
        }
    }

    private void free(SslContext context) {
        if (replaced.remove(context)) {
            ReferenceCountUtil.release(context);
        }
    }

    private static SslContext build(TlsIdentity identity, TlsTerms terms) throws SSLException {
        SslContext context =
                builder(identity)
                        .protocols(terms.versions())
                        .ciphers(CIPHERS)
                        .applicationProtocolConfig(alpn(HTTP_2, HTTP_1_1))
                        .build();
        // Tickets keep the state at the client.
        ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
        return context;
    }

    private static SslContextBuilder builder(TlsIdentity identity) {
        return SslContextBuilder.forServer(
                        identity.key(), identity.chain().toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.OPENSSL_REFCNT);
    }

    private static ApplicationProtocolConfig alpn(String... protocols) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                protocols);
    }
}
