package io.attestgate.certificate.account;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.AbstractAcmeProvider;
import org.shredzone.acme4j.toolbox.JSON;

/**
 * The way to every authority: HTTPS under our roots, no redirects, no proxy, answers bounded in
 * size and time.
 *
 * <p>Safe for any number of threads; they share the HTTP client and nothing else.
 */
public final class AcmeTransport implements AutoCloseable {
    /** From the request to the last byte of the answer. */
    public static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(30);

    private final HttpClient client;
    private final InstantSource clock;

    private AcmeTransport(HttpClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    public static AcmeTransport open(AuthorityRoots roots, InstantSource clock) {
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(roots.context())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(ANSWER_WAIT_MAX)
                        .build();
        return new AcmeTransport(client, clock);
    }

    public InstantSource clock() {
        return clock;
    }

    /**
     * A new conversation with the authority of that directory: its own nonces, its own view of the
     * directory. Sends nothing yet.
     *
     * <p>One per order, since acme4j lets one request at a time through a session.
     */
    Session session(URI directory) {
        Session session = new Session(directory, new Authority(directory));
        session.setLocale(Locale.ENGLISH);
        session.networkSettings().setTimeout(ANSWER_WAIT_MAX);
        session.networkSettings().setCompressionEnabled(false);
        return session;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Any authority that speaks RFC 8555 over HTTPS; none gets a treatment of its own. */
    private final class Authority extends AbstractAcmeProvider {
        private final URI directory;

        Authority(URI directory) {
            this.directory = directory;
        }

        @Override
        public boolean accepts(URI serverUri) {
            return serverUri.equals(directory);
        }

        @Override
        public URL resolve(URI serverUri) {
            try {
                return serverUri.toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("directory: " + serverUri, e);
            }
        }

        @Override
        public HttpClient createHttpClient(NetworkSettings settings) {
            return client;
        }

        @Override
        public Connection connect(URI serverUri, NetworkSettings settings, HttpClient shared) {
            return new BoundedConnection(createHttpConnector(settings, shared), clock);
        }

        /** Fetched once for each session, whatever the system clock or a cache header says. */
        @Override
        public @Nullable JSON directory(Session session, URI serverUri) throws AcmeException {
            return session.hasDirectory() ? null : super.directory(session, serverUri);
        }
    }
}
