package io.attestgate.proxy.upstream;

import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.ResponseHead;
import io.netty.buffer.ByteBuf;

/** Who takes an upstream's answer. Called on the loop that the connection lives on. */
public interface UpstreamReceiver {

    /** The head of the answer, or one of a few before it ({@link ResponseHead#isInterim}). */
    void response(ResponseHead head);

    /** A piece of the body; the receiver releases it. */
    void body(ByteBuf data);

    /** The answer is complete; the connection is no longer the receiver's. */
    void complete(Headers trailers);

    /** There will be no answer, or no rest of it. Nothing follows. */
    void failed(UpstreamFault fault);

    /** More of the request may be written. */
    void writable();
}
