package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.RequestReceiver;
import io.netty.buffer.ByteBuf;

/** Takes the rest of a request that is answered without it. */
final class Discarding implements RequestReceiver {
    private final Accounted exchange;

    Discarding(Accounted exchange) {
        this.exchange = exchange;
    }

    @Override
    public void data(ByteBuf data) {
        data.release();
    }

    @Override
    public void end(Headers trailers) {}

    @Override
    public void gone() {
        exchange.clientGone();
    }

    @Override
    public void writable() {}
}
