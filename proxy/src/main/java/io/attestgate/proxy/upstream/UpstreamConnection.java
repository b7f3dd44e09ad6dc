package io.attestgate.proxy.upstream;

import io.attestgate.proxy.accept.Flusher;
import io.attestgate.proxy.http.BodyLength;
import io.attestgate.proxy.http.BodyReader;
import io.attestgate.proxy.http.HeadScanner;
import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.Http1Encoder;
import io.attestgate.proxy.http.Http1ResponseParser;
import io.attestgate.proxy.http.Http1ResponseParser.Read;
import io.attestgate.proxy.http.Methods;
import io.attestgate.proxy.http.Names;
import io.attestgate.proxy.http.Piece;
import io.attestgate.proxy.http.ResponseHead;
import io.attestgate.proxy.http.Values;
import io.attestgate.proxy.upstream.UpstreamFault.Sent;
import io.attestgate.proxy.upstream.UpstreamFault.Source;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection to an upstream: one request at a time, again and again.
 *
 * <p>Lives on the loop of the client whose request it carries, so nothing crosses threads. While it
 * waits in its pool nothing may arrive; what does, ends it. Owns what it reads until it is handed
 * to the receiver.
 */
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    static final int HEAD_BYTES_MAX = 64 * 1024;
    static final int INTERIM_MAX = 16;

    private enum Phase {
        POOLED,
        HEAD,
        BODY,
        /** The answer is whole; the request is not. */
        ANSWERED,
        CLOSED
    }

    private final Channel channel;
    private final Flusher flusher;
    private final UpstreamPool.Shelf shelf;
    private final HeadScanner scanner = new HeadScanner();
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private Phase phase = Phase.POOLED;
    private @Nullable UpstreamReceiver receiver;
    private @Nullable BodyReader body;
    private boolean isWorn;
    private boolean heard;
    private boolean keepsAlive;
    private boolean toHead;
    private boolean chunked;
    private boolean wantsTunnel;
    private boolean tunnel;
    private boolean requestDone;
    private boolean paused;
    private boolean reading;
    private int interims;

    UpstreamConnection(Channel channel, Flusher flusher, UpstreamPool.Shelf shelf) {
        this.channel = channel;
        this.flusher = flusher;
        this.shelf = shelf;
    }

    // Writing, for who sends the request.

    /** Begins a request; its body follows by {@link #write} and {@link #finish}. */
    public void begin(UpstreamRequest request, UpstreamReceiver answersTo) {
        if (phase != Phase.POOLED) {
            throw new IllegalStateException("upstream: in use (expected: waiting)");
        }
        phase = Phase.HEAD;
        receiver = answersTo;
        heard = false;
        keepsAlive = true;
        paused = false;
        requestDone = false;
        interims = 0;
        toHead = request.method().equals(Methods.HEAD);
        wantsTunnel = request.webSocket();
        chunked = request.body() instanceof BodyLength.Unknown;
        ByteBuf head =
                Http1Encoder.requestLine(channel.alloc(), request.method(), request.target());
        Http1Encoder.fields(head, request.headers());
        frame(head, request);
        write0(Http1Encoder.end(head));
    }

    private void frame(ByteBuf head, UpstreamRequest request) {
        if (wantsTunnel) {
            Http1Encoder.field(head, Names.CONNECTION, Values.UPGRADE);
            Http1Encoder.field(head, Names.UPGRADE, Values.WEBSOCKET);
        }
        switch (request.body()) {
            case BodyLength.None none -> {}
            case BodyLength.Known(long bytes) ->
                    Http1Encoder.field(head, Names.CONTENT_LENGTH, bytes);
            case BodyLength.Unknown unknown ->
                    Http1Encoder.field(head, Names.TRANSFER_ENCODING, Values.CHUNKED);
        }
    }

    /** A piece of the request's body, or of a tunnel; releases it. */
    public void write(ByteBuf data) {
        if (phase == Phase.CLOSED || phase == Phase.POOLED || !data.isReadable()) {
            data.release();
        } else if (chunked && !tunnel) {
            write0(Http1Encoder.chunkStart(channel.alloc(), data.readableBytes()));
            write0(data);
            write0(Http1Encoder.chunkEnd(channel.alloc()));
        } else {
            write0(data);
        }
    }

    /** The end of the request. */
    public void finish(Headers trailers) {
        if (requestDone || phase == Phase.CLOSED || phase == Phase.POOLED) {
            return;
        }
        if (chunked) {
            write0(Http1Encoder.lastChunk(channel.alloc(), trailers));
        }
        requestDone = true;
        if (phase == Phase.ANSWERED) {
            giveBack();
        }
    }

    private void write0(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
        flusher.later();
    }

    /**
     * Whether the upstream keeps up; {@link UpstreamReceiver#writable} tells when it does again.
     */
    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Stops reading the answer. */
    public void pause() {
        paused = true;
    }

    /** Goes on reading it. Pieces may be delivered before this returns. */
    public void resume() {
        if (paused) {
            paused = false;
            channel.config().setAutoRead(true);
            readAll();
        }
    }

    /** Ends the connection; the receiver hears no more. */
    public void abandon() {
        receiver = null;
        close();
    }

    // Reading.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf arrived = (ByteBuf) message;
        if (phase == Phase.POOLED || phase == Phase.CLOSED) {
            arrived.release();
            close();
            return;
        }
        heard = true;
        if (input.isReadable()) {
            input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, arrived);
        } else {
            input.release();
            input = arrived;
        }
        readAll();
        if (paused && input.isReadable()) {
            channel.config().setAutoRead(false);
        }
    }

    private void readAll() {
        if (reading) {
            return;
        }
        reading = true;
        boolean more = true;
        while (more) {
            more = step();
        }
        reading = false;
        if (!input.isReadable()) {
            input.release();
            input = Unpooled.EMPTY_BUFFER;
        }
    }

    private boolean step() {
        return switch (phase) {
            case HEAD -> readHead();
            case BODY -> !paused && body != null && take(body.next(input));
            case ANSWERED, POOLED, CLOSED -> {
                if (input.isReadable()) {
                    input.skipBytes(input.readableBytes());
                    close();
                }
                yield false;
            }
        };
    }

    private boolean readHead() {
        int length = scanner.scan(input);
        if (length == HeadScanner.INCOMPLETE && input.readableBytes() <= HEAD_BYTES_MAX) {
            return false;
        }
        if (length < 0 || length > HEAD_BYTES_MAX) {
            fail(Source.PROTOCOL, "the head of the answer is too long, or has no lines");
            return false;
        }
        byte[] head = new byte[length];
        input.readBytes(head);
        scanner.reset();
        switch (Http1ResponseParser.parse(head, toHead)) {
            case Read.Malformed(String why) -> fail(Source.PROTOCOL, why);
            case Read.Good good -> answered(good);
        }
        return phase != Phase.CLOSED;
    }

    private void answered(Read.Good good) {
        ResponseHead head = good.head();
        boolean switches = head.status() == ResponseHead.SWITCHING_PROTOCOLS;
        if (switches && !wantsTunnel) {
            fail(Source.PROTOCOL, "the upstream switches protocols unasked");
        } else if (head.isInterim()) {
            if (++interims > INTERIM_MAX) {
                fail(Source.PROTOCOL, "the upstream sends interim answers without end");
            } else {
                receiver().response(head);
            }
        } else {
            tunnel = switches;
            body = switches ? BodyReader.untilClose() : good.body();
            keepsAlive = good.keepsAlive() && !switches;
            phase = Phase.BODY;
            receiver().response(head);
        }
    }

    /** Hands a piece on; whether there may be another. */
    private boolean take(Piece piece) {
        switch (piece) {
            case Piece.Data(ByteBuf content) -> receiver().body(content);
            case Piece.More more -> {
                return false;
            }
            case Piece.End(Headers trailers) -> ended(trailers);
            case Piece.Malformed(String why) -> fail(Source.PROTOCOL, why);
        }
        return true;
    }

    private void ended(Headers trailers) {
        UpstreamReceiver told = receiver();
        receiver = null;
        phase = Phase.ANSWERED;
        if (requestDone) {
            giveBack();
        } else {
            close(); // What is left of the request would be taken for the next one.
        }
        told.complete(trailers);
    }

    private void giveBack() {
        if (!keepsAlive || tunnel || input.isReadable() || !channel.isActive()) {
            close();
            return;
        }
        phase = Phase.POOLED;
        isWorn = true;
        body = null;
        channel.config().setAutoRead(true);
        shelf.put(this);
    }

    private UpstreamReceiver receiver() {
        if (receiver == null) {
            throw new IllegalStateException("upstream: answers nobody");
        }
        return receiver;
    }

    private void fail(Source source, String detail) {
        UpstreamReceiver told = receiver;
        receiver = null;
        boolean isWornOut = isWorn && !heard && source == Source.CLOSED;
        close();
        if (told != null) {
            told.failed(
                    new UpstreamFault(
                            source, isWornOut ? Sent.ON_A_WORN_CONNECTION : Sent.YES, detail));
        }
    }

    private void close() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            shelf.lost(this);
        }
        channel.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (receiver != null && channel.isWritable()) {
            receiver.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (phase == Phase.BODY && body != null) {
            paused = false; // What has arrived is delivered before the end.
            readAll();
        }
        if (phase == Phase.BODY && body != null && receiver != null) {
            switch (body.closed()) {
                case Piece.End(Headers trailers) -> {
                    keepsAlive = false;
                    ended(trailers);
                }
                default -> fail(Source.CLOSED, "closed within the body");
            }
        } else {
            fail(Source.CLOSED, "closed before the answer");
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        input.release();
        input = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(Source.CLOSED, String.valueOf(cause.getMessage()));
    }
}
