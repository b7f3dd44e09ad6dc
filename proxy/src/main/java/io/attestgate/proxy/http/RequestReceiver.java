package io.attestgate.proxy.http;

import io.netty.buffer.ByteBuf;

/** Who takes the rest of a request. Called on the connection's loop. */
public interface RequestReceiver {

    /** A piece of the body; the receiver releases it. */
    void data(ByteBuf data);

    /** The body is complete. Called for requests without one as well; not for a tunnel's. */
    void end(Headers trailers);

    /** The client went away, or broke the protocol. Nothing follows; answering is in vain. */
    void gone();

    /** The client keeps up again. */
    void writable();
}
