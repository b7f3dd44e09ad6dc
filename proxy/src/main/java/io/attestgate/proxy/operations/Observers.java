package io.attestgate.proxy.operations;

import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.pipeline.RequestObserver;
import io.attestgate.proxy.tls.HandshakeEnd;
import io.attestgate.proxy.upstream.UpstreamFault;
import io.attestgate.wire.Hostname;
import java.util.HashMap;
import java.util.Map;

/** Tells two observers, one after the other. */
public record Observers(RequestObserver first, RequestObserver second) implements RequestObserver {

    @Override
    public void connectionOpened(Port port) {
        first.connectionOpened(port);
        second.connectionOpened(port);
    }

    @Override
    public void connectionClosed(Port port) {
        first.connectionClosed(port);
        second.connectionClosed(port);
    }

    @Override
    public void handshakeEnded(HandshakeEnd end) {
        first.handshakeEnded(end);
        second.handshakeEnded(end);
    }

    @Override
    public Map<String, String> keep(Headers request) {
        Map<String, String> kept = new HashMap<>(first.keep(request));
        kept.putAll(second.keep(request));
        return kept;
    }

    @Override
    public void requestEnded(Ended ended) {
        first.requestEnded(ended);
        second.requestEnded(ended);
    }

    @Override
    public void upstreamFailed(Hostname host, UpstreamFault fault) {
        first.upstreamFailed(host, fault);
        second.upstreamFailed(host, fault);
    }
}
