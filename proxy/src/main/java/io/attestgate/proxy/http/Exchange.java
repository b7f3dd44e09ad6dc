package io.attestgate.proxy.http;

import io.netty.buffer.ByteBuf;

/**
 * One request and the way to answer it, whatever version of HTTP it came in.
 *
 * <p>For the connection's loop only. The answer goes in this order: any number of {@link #interim},
 * one {@link #answer}, then {@link #write} as often as needed and one {@link #end}; or {@link #cut}
 * or {@link #cancel} at any time. Calls after the end, or after {@link RequestReceiver#gone}, do
 * nothing but release what they were given. What is written goes out at the end of the loop's turn.
 */
public interface Exchange {

    RequestHead request();

    FrontConnection connection();

    /** Stops the delivery of the body: the client is held back once what it may send is used up. */
    void pauseBody();

    /** Goes on with it. Pieces may be delivered before this returns. */
    void resumeBody();

    /** A 1xx answer; another follows. */
    void interim(ResponseHead head);

    /**
     * The head of the answer. One with status 101 makes both directions a tunnel of bytes, which
     * {@link #end} ends.
     */
    void answer(ResponseHead head);

    /** A piece of the body, which this releases. */
    void write(ByteBuf data);

    /** The end of the answer, with trailers or without. */
    void end(Headers trailers);

    /** The answer cannot be completed: says so in the way of the protocol, never as a good end. */
    void cut();

    /** The answer may not go on: like {@link #cut}, and HTTP/2 says that it was cancelled. */
    void cancel();

    /** Whether the client keeps up; if not, {@link RequestReceiver#writable} tells when. */
    boolean isWritable();
}
