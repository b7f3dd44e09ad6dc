package io.attestgate.proxy.http;

import io.attestgate.proxy.accept.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/1.1 connection: one request at a time, in the order they come.
 *
 * <p>Last in the pipeline, on bytes; owns what it reads. Requests that are sent ahead wait in
 * {@code input}, which is bounded: past {@link #AHEAD_BYTES_MAX} the socket is not read.
 *
 * <p>A connection that ends while the client still sends is not closed at once, since the kernel
 * would then discard the answer on its way: we end our direction, drop what comes, and close at the
 * client's end or after {@link #LINGER} (RFC 9112 §9.6).
 */
public final class Http1Front extends ChannelInboundHandlerAdapter {
    static final int AHEAD_BYTES_MAX = 64 * 1024;
    static final Duration LINGER = Duration.ofSeconds(2);

    private enum Phase {
        IDLE,
        HEAD,
        EXCHANGE,
        LINGER,
        CLOSED
    }

    private final FrontConnection connection;
    private final RequestHandler handler;
    private final HttpLimits limits;
    private final Http1RequestParser parser;
    private final HeadScanner scanner = new HeadScanner();
    private final Deadline deadline;
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private Phase phase = Phase.IDLE;
    private boolean reading;
    private @Nullable Http1Exchange exchange;

    public Http1Front(FrontConnection connection, RequestHandler handler, HttpLimits limits) {
        this.connection = connection;
        this.handler = handler;
        this.limits = limits;
        this.parser = new Http1RequestParser(limits, connection.tls().isPresent());
        this.deadline = connection.loop().deadline(this::late);
    }

    FrontConnection connection() {
        return connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline.in(limits.idleMax());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf arrived = (ByteBuf) message;
        input =
                input.isReadable()
                        ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, arrived)
                        : replaced(arrived);
        readAll();
        if (input.readableBytes() > AHEAD_BYTES_MAX || isHeldBack()) {
            connection.channel().config().setAutoRead(false);
        }
    }

    private boolean isHeldBack() {
        return exchange != null && exchange.isPaused() && input.isReadable();
    }

    private ByteBuf replaced(ByteBuf arrived) {
        input.release();
        return arrived;
    }

    /** Takes up reading where it stopped. */
    void readOn() {
        if (phase != Phase.CLOSED) {
            connection.channel().config().setAutoRead(true);
            readAll();
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
        if (exchange != null && exchange.awaitsBody()) {
            deadline.in(limits.bodyIdleMax());
        } else if (exchange != null && connection.channel().isWritable()) {
            deadline.never();
        }
    }

    private boolean step() {
        return switch (phase) {
            case IDLE, HEAD -> readHead();
            case EXCHANGE -> exchange != null && exchange.read(input);
            case LINGER, CLOSED -> {
                input.skipBytes(input.readableBytes());
                yield false;
            }
        };
    }

    private boolean readHead() {
        if (!input.isReadable()) {
            return false;
        }
        if (phase == Phase.IDLE) {
            phase = Phase.HEAD;
            deadline.in(limits.headMax());
        }
        int length = scanner.scan(input);
        if (length == HeadScanner.MALFORMED) {
            refuse(400, "a line of the head does not end in CRLF");
        } else if (Math.max(length, length < 0 ? input.readableBytes() : 0)
                > limits.headBytesMax()) {
            refuse(431, "the head is longer than we read");
        } else if (length == 2) {
            // An empty line before a request is not an error (RFC 9112 §2.2).
            input.skipBytes(length);
            scanner.reset();
            return true;
        } else if (length > 0) {
            begin(length);
        } else {
            return false;
        }
        return true;
    }

    private void begin(int headBytes) {
        byte[] head = new byte[headBytes];
        input.readBytes(head);
        scanner.reset();
        switch (parser.parse(head)) {
            case Http1Request.Read.Refused(int status, String why) -> refuse(status, why);
            case Http1Request.Read.Good(Http1Request request) -> {
                phase = Phase.EXCHANGE;
                deadline.never();
                Http1Exchange begun = new Http1Exchange(this, request);
                exchange = begun;
                begun.receiver(handler.handle(begun));
            }
        }
    }

    /** Answers what is no request, and ends the connection: where the next begins is not known. */
    private void refuse(int status, String why) {
        handler.refused(connection, Version.HTTP_1_1, status, why);
        ResponseHead head = new PlainText(status, why).head();
        ByteBuf out = Http1Encoder.statusLine(connection.channel().alloc(), status);
        Http1Encoder.fields(out, head.headers());
        Http1Encoder.field(out, Names.CONTENT_LENGTH, 0);
        Http1Encoder.field(out, Names.CONNECTION, Values.CLOSE);
        write(Http1Encoder.end(out));
        linger();
    }

    // For the exchange.

    /** Writes bytes of the answer; they go out at the end of the loop's turn. */
    void write(ByteBuf bytes) {
        connection.channel().write(bytes, connection.channel().voidPromise());
        connection.flusher().later();
    }

    /** The body broke the rules of its framing. */
    void malformedBody(String why) {
        Http1Exchange broken = exchange;
        if (broken == null) {
            return;
        }
        broken.lose();
        if (broken.isAnswered()) {
            cut();
        } else {
            exchange = null;
            refuse(400, why);
        }
    }

    /** The answer is written; called again when the request is complete as well. */
    void finished(Http1Exchange done) {
        if (done != exchange) {
            return;
        }
        exchange = null;
        if (!done.isRequestDone()) {
            linger();
        } else if (!done.keepsAlive()) {
            closeWritten();
        } else {
            phase = Phase.IDLE;
            deadline.in(limits.idleMax());
            readOn();
        }
    }

    /** Ends the connection so that the client sees that the answer is not whole. */
    void cut() {
        phase = Phase.CLOSED;
        exchange = null;
        deadline.in(LINGER);
        if (connection.channel() instanceof DuplexChannel socket) {
            // Without close_notify, and reset rather than ended: a short body must not look whole.
            var _ = socket.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        Channel.Unsafe transport = connection.channel().unsafe();
        transport.close(transport.voidPromise());
    }

    private void linger() {
        phase = Phase.LINGER;
        exchange = null;
        deadline.in(LINGER);
        connection.channel().config().setAutoRead(true);
        connection
                .channel()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(written -> endOurDirection());
    }

    private void endOurDirection() {
        SslHandler tls = connection.channel().pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (connection.channel() instanceof DuplexChannel socket) {
            socket.shutdownOutput();
        }
    }

    private void closeWritten() {
        phase = Phase.CLOSED;
        deadline.in(limits.writeIdleMax());
        connection
                .channel()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void late() {
        switch (phase) {
            case HEAD -> refuse(408, "the head took too long");
            case EXCHANGE -> lateExchange();
            case IDLE -> closeWritten();
            case LINGER, CLOSED -> connection.channel().close();
        }
    }

    private void lateExchange() {
        Http1Exchange late = exchange;
        if (late == null) {
            return;
        }
        boolean isAnswered = late.isAnswered();
        late.lose();
        exchange = null;
        if (isAnswered) {
            cut();
        } else {
            refuse(408, "the body took too long");
        }
    }

    /** Ends an idle connection; a busy one ends with its exchange, which asks whether we drain. */
    public void drain() {
        if (phase == Phase.IDLE) {
            closeWritten();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (phase != Phase.EXCHANGE || exchange == null) {
            return;
        }
        if (ctx.channel().isWritable()) {
            deadline.never();
            exchange.writableAgain();
        } else {
            deadline.in(limits.writeIdleMax());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        phase = Phase.CLOSED;
        Http1Exchange lost = exchange;
        exchange = null;
        if (lost != null) {
            lost.lose();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        deadline.close();
        input.release();
        input = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
