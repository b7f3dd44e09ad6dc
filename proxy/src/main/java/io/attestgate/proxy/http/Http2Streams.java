package io.attestgate.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Optional;

/** Hears the frames of one connection and makes exchanges of its streams. */
final class Http2Streams extends Http2EventAdapter implements Http2RemoteFlowController.Listener {
    private static final AsciiString STATUS = AsciiString.cached(":status");

    private final Http2Front front;
    private final RequestHandler handler;
    private final PropertyKey exchangeKey;

    Http2Streams(Http2Front front, RequestHandler handler) {
        this.front = front;
        this.handler = handler;
        this.exchangeKey = front.connection().newKey();
    }

    private Optional<Http2Exchange> exchange(Http2Stream stream) {
        return Optional.ofNullable(stream.getProperty(exchangeKey));
    }

    /** Whether the stream has had its request. */
    boolean knows(Http2Stream stream) {
        return exchange(stream).isPresent();
    }

    private Http2Stream stream(int id) {
        return front.connection().stream(id);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers section,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        onHeadersRead(ctx, streamId, section, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers section,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        Http2Stream stream = stream(streamId);
        Optional<Http2Exchange> known = exchange(stream);
        if (known.isPresent()) {
            known.get().requestEnd(trailers(streamId, section));
            return;
        }
        switch (Http2Requests.read(section, endOfStream, front.limits())) {
            case Http2Requests.Read.Malformed(String why) ->
                    throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, why);
            case Http2Requests.Read.Refused(int status, String why) ->
                    refuse(stream, status, why, endOfStream);
            case Http2Requests.Read.Good(RequestHead head, boolean expectsContinue) ->
                    begin(
                            new Http2Exchange(front, stream, head, expectsContinue),
                            stream,
                            endOfStream);
        }
    }

    private void begin(Http2Exchange exchange, Http2Stream stream, boolean endOfStream) {
        stream.setProperty(exchangeKey, exchange);
        exchange.receiver(handler.handle(exchange));
        if (endOfStream) {
            exchange.requestEnd(new Headers());
        }
    }

    private void refuse(Http2Stream stream, int status, String why, boolean endOfStream) {
        handler.refused(front.client(), Version.HTTP_2, status, why);
        Http2Headers fields = new DefaultHttp2Headers(false, 2);
        fields.add(STATUS, AsciiString.of(Integer.toString(status)));
        fields.add(Names.CONTENT_LENGTH, Values.ZERO);
        ChannelFuture last = front.writeHeaders(stream, fields, true);
        if (!endOfStream) {
            front.endEarly(stream, last);
        }
    }

    private static Headers trailers(int streamId, Http2Headers section) throws Http2Exception {
        Headers trailers = new Headers();
        for (Map.Entry<CharSequence, CharSequence> field : section) {
            AsciiString name = AsciiString.of(field.getKey());
            AsciiString value = AsciiString.of(field.getValue());
            if (name.isEmpty() || name.byteAt(0) == ':' || !Grammar.isFieldValue(value)) {
                throw Http2Exception.streamError(
                        streamId, Http2Error.PROTOCOL_ERROR, "trailers: not fields");
            }
            if (!HopByHop.isForbiddenInTrailers(name)) {
                trailers.add(name, value);
            }
        }
        return trailers;
    }

    @Override
    public int onDataRead(
            ChannelHandlerContext ctx,
            int streamId,
            ByteBuf data,
            int padding,
            boolean endOfStream) {
        int flowBytes = data.readableBytes() + padding;
        Optional<Http2Exchange> exchange = exchange(stream(streamId));
        if (exchange.isEmpty()) {
            return flowBytes;
        }
        int consumed = exchange.get().data(data, flowBytes);
        if (endOfStream) {
            exchange.get().requestEnd(new Headers());
        }
        return consumed;
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        exchange(stream).ifPresent(Http2Exchange::closed);
    }

    @Override
    public void writabilityChanged(Http2Stream stream) {
        if (front.isWritable(stream)) {
            exchange(stream).ifPresent(Http2Exchange::writableAgain);
        }
    }
}
