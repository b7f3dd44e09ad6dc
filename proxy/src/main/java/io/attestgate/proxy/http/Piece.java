package io.attestgate.proxy.http;

import io.netty.buffer.ByteBuf;

/** What the next bytes of a body are. */
public sealed interface Piece {
    Piece MORE = new More();

    /** Content; whoever gets it releases it. */
    record Data(ByteBuf content) implements Piece {}

    /** The body is complete. */
    record End(Headers trailers) implements Piece {}

    /** Nothing can be said before more bytes arrive. */
    record More() implements Piece {}

    /** It is no such body. */
    record Malformed(String why) implements Piece {}
}
