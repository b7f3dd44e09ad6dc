package io.attestgate.proxy.http;

import io.attestgate.proxy.accept.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/2 connection: Netty's frames, with our limits on what they may cost.
 *
 * <p>Last in the pipeline; {@link Http2Streams} hears of the frames. What writes to a stream goes
 * through here.
 */
public final class Http2Front extends Http2ConnectionHandler {
    /** What one stream may send ahead of its upstream. */
    static final int STREAM_WINDOW_BYTES = 256 * 1024;

    /** What all streams together may: this bounds what a client can make us hold. */
    static final int CONNECTION_WINDOW_BYTES = 1024 * 1024;

    /** Streams that a client may reset within {@link #RESETS_WINDOW} (CVE-2023-44487). */
    static final int RESETS_MAX = 200;

    static final Duration RESETS_WINDOW = Duration.ofSeconds(30);

    /** Acknowledgements that may wait for a client that does not read: of settings, of pings. */
    static final int QUEUED_CONTROL_FRAMES_MAX = 1000;

    static final int EMPTY_DATA_FRAMES_MAX = 10;

    /** How long streams may take to end after GOAWAY; the process ends sooner. */
    static final Duration SHUTDOWN_MAX = Duration.ofMinutes(5);

    private final FrontConnection client;
    private final HttpLimits limits;
    private final Deadline deadline;
    private final Http2Streams streams;
    private final RecentIds resets = new RecentIds();
    private @Nullable ChannelHandlerContext context;

    private Http2Front(
            FrontConnection client,
            RequestHandler handler,
            HttpLimits limits,
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings) {
        super(decoder, encoder, settings);
        this.client = client;
        this.limits = limits;
        this.deadline = client.loop().deadline(this::idle);
        this.streams = new Http2Streams(this, handler);
    }

    /** The handler of one connection, without effects until it is in a pipeline. */
    public static Http2Front of(FrontConnection client, RequestHandler handler, HttpLimits limits) {
        return new Builder(client, handler, limits).build();
    }

    private static final class Builder
            extends AbstractHttp2ConnectionHandlerBuilder<Http2Front, Builder> {
        private final FrontConnection front;
        private final RequestHandler handler;
        private final HttpLimits limits;

        Builder(FrontConnection front, RequestHandler handler, HttpLimits limits) {
            this.front = front;
            this.handler = handler;
            this.limits = limits;
            Http2Connection connection = new DefaultHttp2Connection(true);
            connection
                    .remote()
                    .flowController(
                            new DefaultHttp2RemoteFlowController(
                                    connection, new UniformStreamByteDistributor(connection)));
            connection(connection);
            initialSettings(
                    new Http2Settings()
                            .maxConcurrentStreams(limits.streamsMax())
                            .maxHeaderListSize(limits.headBytesMax())
                            .initialWindowSize(STREAM_WINDOW_BYTES)
                            .connectProtocolEnabled(true));
            validateHeaders(true);
            decoderEnforceMaxRstFramesPerWindow(RESETS_MAX, (int) RESETS_WINDOW.toSeconds());
            encoderEnforceMaxQueuedControlFrames(QUEUED_CONTROL_FRAMES_MAX);
            decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES_MAX);
            gracefulShutdownTimeoutMillis(SHUTDOWN_MAX.toMillis());
        }

        @Override
        protected Http2Front build() {
            return super.build();
        }

        @Override
        protected Http2Front build(
                Http2ConnectionDecoder decoder,
                Http2ConnectionEncoder encoder,
                Http2Settings settings) {
            Http2Front built = new Http2Front(front, handler, limits, decoder, encoder, settings);
            encoder.connection().addListener(built.streams);
            encoder.connection().remote().flowController().listener(built.streams);
            decoder.frameListener(built.streams);
            return built;
        }
    }

    FrontConnection client() {
        return client;
    }

    HttpLimits limits() {
        return limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        deadline.in(limits.idleMax());
        super.handlerAdded(ctx);
        Http2Stream whole = connection().connectionStream();
        connection()
                .local()
                .flowController()
                .incrementWindowSize(
                        whole, CONNECTION_WINDOW_BYTES - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
        ctx.flush();
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        deadline.close();
        super.handlerRemoved0(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (ctx.channel().isWritable()) {
            deadline.in(limits.idleMax());
        }
        super.channelReadComplete(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        deadline.in(ctx.channel().isWritable() ? limits.idleMax() : limits.writeIdleMax());
        super.channelWritabilityChanged(ctx);
    }

    /**
     * Says {@code STREAM_CLOSED} where RFC 9113 §5.1 asks for it and Netty says something milder.
     *
     * <p>Fields for a stream that is closed end the connection, since they change the state of the
     * compression for nothing; but not for a stream that we reset ourselves, where the client may
     * have sent its trailers before it knew.
     */
    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx,
            boolean outbound,
            Throwable cause,
            Http2Exception.StreamException error) {
        Http2Stream stream = connection().stream(error.streamId());
        if (outbound) {
            super.onStreamError(ctx, true, cause, error);
        } else if (stream == null && isFieldsForClosed(error)) {
            if (!resets.contains(error.streamId())) {
                onConnectionError(
                        ctx,
                        false,
                        cause,
                        Http2Exception.connectionError(
                                Http2Error.STREAM_CLOSED, "fields for a closed stream"));
            }
        } else if (stream != null
                && isHalfClosed(stream)
                && error.error() == Http2Error.PROTOCOL_ERROR) {
            reset(stream, Http2Error.STREAM_CLOSED);
        } else {
            super.onStreamError(ctx, false, cause, error);
        }
    }

    /** Netty tells the kind of frame in its message alone; the conformance test watches over it. */
    private static boolean isFieldsForClosed(Http2Exception error) {
        return error.error() == Http2Error.STREAM_CLOSED
                && String.valueOf(error.getMessage()).startsWith("Received HEADERS");
    }

    private boolean isHalfClosed(Http2Stream stream) {
        return stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE && streams.knows(stream);
    }

    /** Nothing was read, or nothing could be written, for too long. */
    private void idle() {
        if (connection().numActiveStreams() == 0) {
            client.channel().close();
        } else if (!client.channel().isWritable()) {
            closeTransport();
        } else {
            deadline.in(limits.idleMax()); // Each stream has deadlines of its own.
        }
    }

    private void closeTransport() {
        var transport = client.channel().unsafe();
        transport.close(transport.voidPromise());
    }

    /** No more streams; the connection ends with the last. */
    public void drain() {
        client.channel().close();
    }

    // Writing, for the exchanges. Nothing is flushed before the end of the loop's turn.

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("connection: not in a pipeline");
        }
        return context;
    }

    ChannelFuture writeHeaders(Http2Stream stream, Http2Headers fields, boolean isLast) {
        client.flusher().later();
        return encoder()
                .writeHeaders(context(), stream.id(), fields, 0, isLast, context().newPromise());
    }

    ChannelFuture writeData(Http2Stream stream, ByteBuf data, boolean isLast) {
        client.flusher().later();
        return encoder().writeData(context(), stream.id(), data, 0, isLast, context().newPromise());
    }

    ChannelFuture writeEnd(Http2Stream stream) {
        return writeData(stream, Unpooled.EMPTY_BUFFER, true);
    }

    boolean isWritable(Http2Stream stream) {
        return encoder().flowController().isWritable(stream);
    }

    void reset(Http2Stream stream, Http2Error error) {
        resets.add(stream.id());
        resetStream(context(), stream.id(), error.code(), context().newPromise());
        client.flusher().later();
    }

    /** When {@code last} is written the answer is whole: the client may stop (RFC 9113 §8.1). */
    void endEarly(Http2Stream stream, ChannelFuture last) {
        last.addListener(
                written -> {
                    if (stream.state().remoteSideOpen()) {
                        reset(stream, Http2Error.NO_ERROR);
                    }
                });
    }

    /** Opens the window again for what was handed on. */
    void consume(Http2Stream stream, int bytes) {
        try {
            if (connection().local().flowController().consumeBytes(stream, bytes)) {
                client.flusher().later();
            }
        } catch (Http2Exception impossible) {
            throw new IllegalStateException("window: consumed more than arrived", impossible);
        }
    }
}
