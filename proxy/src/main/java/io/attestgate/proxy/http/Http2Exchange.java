package io.attestgate.proxy.http;

import io.attestgate.proxy.accept.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One stream of an HTTP/2 connection as an exchange.
 *
 * <p>While the body is paused, what arrives waits here and counts against the stream's window,
 * which therefore bounds it; the window opens again when it is handed on.
 */
final class Http2Exchange implements Exchange {
    private static final AsciiString STATUS = AsciiString.cached(":status");

    private final Http2Front front;
    private final Http2Stream stream;
    private final RequestHead request;
    private final Deque<ByteBuf> waiting = new ArrayDeque<>(0);
    private @Nullable RequestReceiver receiver;
    private @Nullable Headers endWaiting;
    private @Nullable Deadline unread;
    private boolean continueDue;
    private boolean paused;
    private boolean delivering;
    private boolean requestDone;
    private boolean answered;
    private boolean over;
    private long unwrittenBytes = Long.MAX_VALUE;

    Http2Exchange(
            Http2Front front, Http2Stream stream, RequestHead request, boolean expectsContinue) {
        this.front = front;
        this.stream = stream;
        this.request = request;
        this.continueDue = expectsContinue;
    }

    void receiver(RequestReceiver chosen) {
        receiver = chosen;
        sayContinue();
    }

    // Reading, for the front.

    /** Takes a piece of the body; how much of the window it gives back at once. */
    int data(ByteBuf data, int flowBytes) {
        if (over || requestDone) {
            return flowBytes;
        }
        if (paused || !waiting.isEmpty()) {
            waiting.add(data.retain());
            return flowBytes - data.readableBytes();
        }
        receiver().data(data.retain());
        return flowBytes;
    }

    void requestEnd(Headers trailers) {
        if (over || requestDone) {
            return;
        }
        if (paused || !waiting.isEmpty()) {
            endWaiting = trailers;
            return;
        }
        requestDone = true;
        receiver().end(trailers);
    }

    /** The stream is closed, by whomever. */
    void closed() {
        waiting.forEach(ByteBuf::release); // Their window closed with the stream.
        waiting.clear();
        if (unread != null) {
            unread.close();
        }
        if (!over) {
            over = true;
            receiver().gone();
        }
    }

    void writableAgain() {
        if (!over) {
            receiver().writable();
        }
    }

    private RequestReceiver receiver() {
        if (receiver == null) {
            throw new IllegalStateException("exchange: read before it was handed on");
        }
        return receiver;
    }

    private void sayContinue() {
        if (continueDue && !paused && !answered) {
            continueDue = false;
            interim(new ResponseHead(100, new Headers(), BodyLength.NONE));
        }
    }

    // Answering, for the stages behind.

    @Override
    public RequestHead request() {
        return request;
    }

    @Override
    public FrontConnection connection() {
        return front.client();
    }

    @Override
    public void pauseBody() {
        paused = true;
    }

    @Override
    public void resumeBody() {
        paused = false;
        if (delivering || over) {
            return;
        }
        delivering = true;
        sayContinue();
        while (!paused && !over && !waiting.isEmpty()) {
            ByteBuf data = waiting.remove();
            int bytes = data.readableBytes();
            receiver().data(data);
            front.consume(stream, bytes);
        }
        delivering = false;
        Headers trailers = endWaiting;
        if (!paused && !over && trailers != null && waiting.isEmpty()) {
            endWaiting = null;
            requestEnd(trailers);
        }
    }

    @Override
    public void interim(ResponseHead head) {
        if (!over && !answered && head.status() != ResponseHead.SWITCHING_PROTOCOLS) {
            continueDue &= head.status() != 100;
            front.writeHeaders(stream, fields(head), false);
        }
    }

    @Override
    public void answer(ResponseHead head) {
        if (over || answered) {
            return;
        }
        answered = true;
        if (head.status() == ResponseHead.SWITCHING_PROTOCOLS) {
            // RFC 8441 §5: what HTTP/1.1 says by 101, an extended CONNECT says by 200.
            head.headers().remove(Names.SEC_WEBSOCKET_ACCEPT);
            front.writeHeaders(
                    stream, fields(new ResponseHead(200, head.headers(), head.body())), false);
            resumeBody();
            return;
        }
        boolean isBodiless = request.isHead() || head.status() == 204 || head.status() == 304;
        unwrittenBytes =
                switch (head.body()) {
                    case BodyLength.None none -> 0;
                    case BodyLength.Known(long bytes) -> isBodiless ? 0 : bytes;
                    case BodyLength.Unknown unknown -> isBodiless ? 0 : Long.MAX_VALUE;
                };
        ChannelFuture written = front.writeHeaders(stream, fields(head), unwrittenBytes == 0);
        if (unwrittenBytes == 0) {
            finished(written);
        }
    }

    private static Http2Headers fields(ResponseHead head) {
        Headers headers = head.headers();
        Http2Headers fields = new DefaultHttp2Headers(false, headers.size() + 2);
        fields.add(STATUS, AsciiString.of(Integer.toString(head.status())));
        headers.forEach(fields::add);
        if (head.body() instanceof BodyLength.Known(long bytes)) {
            fields.add(Names.CONTENT_LENGTH, AsciiString.of(Long.toString(bytes)));
        }
        return fields;
    }

    @Override
    public void write(ByteBuf data) {
        int bytes = data.readableBytes();
        if (over || !answered || bytes == 0) {
            data.release();
            return;
        }
        if (bytes > unwrittenBytes) {
            data.release();
            cut();
            return;
        }
        boolean isLast = bytes == unwrittenBytes;
        unwrittenBytes -= unwrittenBytes == Long.MAX_VALUE ? 0 : bytes;
        ChannelFuture written = front.writeData(stream, data, isLast);
        if (isLast) {
            finished(written);
        }
    }

    @Override
    public void end(Headers trailers) {
        if (over || !answered) {
            return;
        }
        if (unwrittenBytes != Long.MAX_VALUE) {
            cut(); // The upstream said that more would come.
            return;
        }
        if (trailers.isEmpty()) {
            finished(front.writeEnd(stream));
        } else {
            Http2Headers fields = new DefaultHttp2Headers(false, trailers.size());
            trailers.forEach(fields::add);
            finished(front.writeHeaders(stream, fields, true));
        }
    }

    private void finished(ChannelFuture last) {
        over = true;
        dropWaiting();
        if (!front.isWritable(stream)) {
            // A client that does not open its window may not keep what is queued for ever.
            unread = connection().loop().deadline(() -> front.reset(stream, Http2Error.CANCEL));
            unread.in(front.limits().writeIdleMax());
        }
        if (!requestDone) {
            front.endEarly(stream, last);
        }
    }

    /** What nobody will take any more; its window opens, or the client would wait for ever. */
    private void dropWaiting() {
        while (!waiting.isEmpty()) {
            ByteBuf data = waiting.remove();
            front.consume(stream, data.readableBytes());
            data.release();
        }
    }

    @Override
    public void cut() {
        reset(Http2Error.INTERNAL_ERROR);
    }

    /** For a tunnel it is what the reset of a connection is (RFC 8441 §5). */
    @Override
    public void cancel() {
        reset(Http2Error.CANCEL);
    }

    private void reset(Http2Error error) {
        if (!over) {
            over = true;
            front.reset(stream, error);
        }
    }

    @Override
    public boolean isWritable() {
        return front.isWritable(stream);
    }
}
