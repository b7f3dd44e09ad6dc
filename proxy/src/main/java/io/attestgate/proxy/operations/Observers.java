package io.attestgate.proxy.operations;

import io.attestgate.proxy.pipeline.RequestObserver;
import io.attestgate.proxy.tls.HandshakeEnd;
import io.attestgate.proxy.upstream.UpstreamFault;
import io.attestgate.wire.Hostname;

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
