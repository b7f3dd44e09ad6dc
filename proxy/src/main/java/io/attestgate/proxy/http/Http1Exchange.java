package io.attestgate.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One request of an HTTP/1.1 connection: the state of both its directions, and its answer's bytes.
 *
 * <p>{@link Http1Front} reads the request into it and is told of its end.
 */
final class Http1Exchange implements Exchange {
    private enum Answer {
        AWAITED,
        FIXED,
        CHUNKED,
        /** To the end of the connection: HTTP/1.0, and a tunnel. */
        UNTIL_CLOSE,
        DONE
    }

    private final Http1Front front;
    private final Http1Request request;
    private BodyReader body;
    private @Nullable RequestReceiver receiver;
    private boolean paused;
    private boolean continueDue;
    private boolean requestDone;
    private boolean tunnel;
    private boolean gone;
    private boolean keepsAlive;
    private long unwrittenBytes;
    private Answer answer = Answer.AWAITED;

    Http1Exchange(Http1Front front, Http1Request request) {
        this.front = front;
        this.request = request;
        this.body = request.body();
        this.continueDue = request.expectsContinue();
        this.keepsAlive = request.keepsAlive();
    }

    void receiver(RequestReceiver chosen) {
        receiver = chosen;
    }

    // Reading, for the front.

    /** Takes one piece of the body; whether there may be another. */
    boolean read(ByteBuf input) {
        if (requestDone || paused) {
            return false;
        }
        switch (body.next(input)) {
            case Piece.Data(ByteBuf content) -> receiver().data(content);
            case Piece.End(Headers trailers) -> {
                requestDone = true;
                receiver().end(trailers);
                if (answer == Answer.DONE) {
                    front.finished(this);
                }
            }
            case Piece.Malformed(String why) -> front.malformedBody(why);
            case Piece.More more -> {
                sayContinue();
                return false;
            }
        }
        return true;
    }

    /** RFC 9110 §10.1.1: once we are ready for the body, and it has not come by itself. */
    private void sayContinue() {
        if (continueDue && answer == Answer.AWAITED) {
            continueDue = false;
            ByteBuf line = Http1Encoder.statusLine(allocator(), 100);
            front.write(Http1Encoder.end(line));
        }
    }

    boolean awaitsBody() {
        return !requestDone && !paused && !tunnel;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether the bytes that follow on the connection are the next request's. */
    boolean isRequestDone() {
        return requestDone || request().body() instanceof BodyLength.None;
    }

    boolean keepsAlive() {
        return keepsAlive;
    }

    boolean isAnswered() {
        return answer != Answer.AWAITED;
    }

    /** The connection is lost: tells the receiver, once. */
    void lose() {
        if (!gone && answer != Answer.DONE) {
            gone = true;
            receiver().gone();
        }
    }

    void writableAgain() {
        if (!gone && answer != Answer.DONE) {
            receiver().writable();
        }
    }

    private RequestReceiver receiver() {
        if (receiver == null) {
            throw new IllegalStateException("exchange: read before it was handed on");
        }
        return receiver;
    }

    // Answering, for the stages behind.

    @Override
    public RequestHead request() {
        return request.head();
    }

    @Override
    public FrontConnection connection() {
        return front.connection();
    }

    @Override
    public void pauseBody() {
        paused = true;
    }

    @Override
    public void resumeBody() {
        if (paused) {
            paused = false;
            front.readOn();
        }
    }

    @Override
    public void interim(ResponseHead head) {
        if (gone || answer != Answer.AWAITED || request().version() == Version.HTTP_1_0) {
            return;
        }
        continueDue &= head.status() != 100;
        ByteBuf out = Http1Encoder.statusLine(allocator(), head.status());
        Http1Encoder.fields(out, head.headers());
        front.write(Http1Encoder.end(out));
    }

    @Override
    public void answer(ResponseHead head) {
        if (gone || answer != Answer.AWAITED) {
            return;
        }
        ByteBuf out = Http1Encoder.statusLine(allocator(), head.status());
        Http1Encoder.fields(out, head.headers());
        if (head.status() == ResponseHead.SWITCHING_PROTOCOLS) {
            becomeTunnel(out);
        } else {
            frame(out, head);
        }
        front.write(Http1Encoder.end(out));
        if (tunnel) {
            front.readOn();
        }
    }

    private void becomeTunnel(ByteBuf out) {
        tunnel = true;
        requestDone = false;
        keepsAlive = false;
        body = BodyReader.untilClose();
        answer = Answer.UNTIL_CLOSE;
        Http1Encoder.field(out, Names.CONNECTION, Values.UPGRADE);
        Http1Encoder.field(out, Names.UPGRADE, Values.WEBSOCKET);
    }

    private void frame(ByteBuf out, ResponseHead head) {
        switch (head.body()) {
            case BodyLength.None none -> {
                answer = Answer.FIXED;
                if (mayHaveBody(head.status())) {
                    Http1Encoder.field(out, Names.CONTENT_LENGTH, Values.ZERO);
                }
            }
            case BodyLength.Known(long bytes) -> {
                answer = Answer.FIXED;
                unwrittenBytes = mayHaveBody(head.status()) ? bytes : 0;
                Http1Encoder.field(out, Names.CONTENT_LENGTH, bytes);
            }
            case BodyLength.Unknown unknown -> {
                boolean isOld = request().version() == Version.HTTP_1_0;
                answer = isOld ? Answer.UNTIL_CLOSE : Answer.CHUNKED;
                if (!isOld) {
                    Http1Encoder.field(out, Names.TRANSFER_ENCODING, Values.CHUNKED);
                }
            }
        }
        keepsAlive &=
                answer != Answer.UNTIL_CLOSE
                        && isRequestDone()
                        && !connection().draining().isDraining();
        if (!keepsAlive) {
            Http1Encoder.field(out, Names.CONNECTION, Values.CLOSE);
        }
    }

    private boolean mayHaveBody(int status) {
        return !request().isHead() && status != 204 && status != 304 && status >= 200;
    }

    @Override
    public void write(ByteBuf data) {
        if (gone || answer == Answer.AWAITED || answer == Answer.DONE || !data.isReadable()) {
            data.release();
            return;
        }
        switch (answer) {
            case CHUNKED -> {
                front.write(Http1Encoder.chunkStart(allocator(), data.readableBytes()));
                front.write(data);
                front.write(Http1Encoder.chunkEnd(allocator()));
            }
            case FIXED -> {
                unwrittenBytes -= data.readableBytes();
                if (unwrittenBytes < 0) {
                    data.release();
                    cut();
                } else {
                    front.write(data);
                }
            }
            default -> front.write(data);
        }
    }

    @Override
    public void end(Headers trailers) {
        if (gone || answer == Answer.AWAITED || answer == Answer.DONE) {
            return;
        }
        if (unwrittenBytes > 0) {
            cut();
            return;
        }
        if (answer == Answer.CHUNKED) {
            front.write(Http1Encoder.lastChunk(allocator(), trailers));
        }
        answer = Answer.DONE;
        front.finished(this);
    }

    @Override
    public void cut() {
        if (!gone && answer != Answer.DONE) {
            gone = true;
            answer = Answer.DONE;
            front.cut();
        }
    }

    @Override
    public void cancel() {
        cut();
    }

    @Override
    public boolean isWritable() {
        return channel().isWritable();
    }

    private Channel channel() {
        return connection().channel();
    }

    private ByteBufAllocator allocator() {
        return channel().alloc();
    }
}
