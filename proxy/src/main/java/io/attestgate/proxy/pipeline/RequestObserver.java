package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.http.FrontConnection;
import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.Version;
import io.attestgate.proxy.tls.HandshakeEnd;
import io.attestgate.proxy.upstream.UpstreamFault;
import io.attestgate.wire.Hostname;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Is told what happens on the request way, for metrics and the access log.
 *
 * <p>Called on event loops, several at a time: an implementation neither blocks nor locks, and
 * throws nothing. What of it may leave the enclave is for the implementation to decide, by the
 * gateway's document.
 */
public interface RequestObserver {

    /** Which listener. */
    enum Port {
        HTTPS,
        HTTP
    }

    /** Who made the answer, or ended it. */
    enum Answerer {
        UPSTREAM,
        /** The policy: a redirect, a refusal, or the end of an answer that may not go on. */
        POLICY,
        /** Ourselves: evidence, challenges, errors. */
        GATEWAY
    }

    /** How an answer ended. */
    enum Ending {
        COMPLETE,
        /** The client went away first. */
        CLIENT_GONE,
        /** It could not be completed: the client was told so by the protocol. */
        CUT
    }

    /**
     * One request and its answer, when it ended.
     *
     * @param host empty if the bytes were no request
     * @param known whether the policy has the host: a name that anybody may invent is no label
     * @param status 0 if there was no answer
     * @param requestBytes of its body
     * @param responseBytes of its body
     * @param target path and query; empty if there was no request
     * @param fields of the request, those that the observer {@linkplain #keep kept}
     */
    record Ended(
            Port port,
            Optional<Hostname> host,
            boolean known,
            Version version,
            String method,
            String target,
            int status,
            Answerer answerer,
            Ending ending,
            long requestBytes,
            long responseBytes,
            Duration took,
            InetAddress client,
            Map<String, String> fields) {}

    void connectionOpened(Port port);

    void connectionClosed(Port port);

    void handshakeEnded(HandshakeEnd end);

    /**
     * What the observer wants to know of a request's fields when it ends: asked at its beginning,
     * since on its way they become those of the upstream's request.
     *
     * @param request to be read during the call only
     * @return names and values, small: they wait as long as the request lasts
     */
    Map<String, String> keep(Headers request);

    void requestEnded(Ended ended);

    /** An attempt at an upstream failed; the request may have been sent again. */
    void upstreamFailed(Hostname host, UpstreamFault fault);

    /** The end of what was no request: its bytes were refused. */
    static Ended noRequest(Port port, FrontConnection connection, Version version, int status) {
        return new Ended(
                port,
                Optional.empty(),
                false,
                version,
                "",
                "",
                status,
                Answerer.GATEWAY,
                Ending.COMPLETE,
                0,
                0,
                Duration.ZERO,
                connection.remoteAddress().getAddress(),
                Map.of());
    }

    /** Sees nothing. */
    static RequestObserver none() {
        return new RequestObserver() {
            @Override
            public void connectionOpened(Port port) {}

            @Override
            public void connectionClosed(Port port) {}

            @Override
            public void handshakeEnded(HandshakeEnd end) {}

            @Override
            public Map<String, String> keep(Headers request) {
                return Map.of();
            }

            @Override
            public void requestEnded(Ended ended) {}

            @Override
            public void upstreamFailed(Hostname host, UpstreamFault fault) {}
        };
    }
}
