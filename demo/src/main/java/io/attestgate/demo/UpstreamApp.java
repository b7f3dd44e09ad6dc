package io.attestgate.demo;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;
import static io.netty.handler.codec.http.HttpHeaderNames.UPGRADE;
import static io.netty.handler.codec.http.HttpHeaderValues.WEBSOCKET;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * The app's answers; one per connection, last in its pipeline. Releases each request when it has
 * answered it.
 */
final class UpstreamApp extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String WEBSOCKET_PATH = "/echo";

    private final String name;
    private final Supplier<Gate> gate;

    UpstreamApp(String name, Supplier<Gate> gate) {
        this.name = name;
        this.gate = gate;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (request.headers().contains(UPGRADE, WEBSOCKET, true)) {
            echoWebSocket(ctx, request);
        } else if (uri.path().equals("/download")) {
            download(
                    ctx,
                    Long.parseLong(
                            uri.parameters().getOrDefault("bytes", List.of("0")).getFirst()));
        } else if (request.method().equals(HttpMethod.POST)) {
            answer(ctx, request.content().retainedDuplicate());
        } else {
            answer(ctx, greeting(request));
        }
    }

    private ByteBuf greeting(FullHttpRequest request) {
        String text =
                "Hello from upstream %s.%nYou asked for %s%s%n"
                        .formatted(name, request.headers().get(HOST, ""), request.uri());
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static void answer(ChannelHandlerContext ctx, ByteBuf body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers()
                .set(CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(CONTENT_LENGTH, body.readableBytes());
        ctx.writeAndFlush(response);
    }

    private void download(ChannelHandlerContext ctx, long sizeBytes) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(CONTENT_TYPE, "application/octet-stream").set(CONTENT_LENGTH, sizeBytes);
        ChunkedWriteHandler chunks = new ChunkedWriteHandler();
        ctx.pipeline().addBefore(ctx.name(), null, chunks);
        Gate half = gate.get();
        half.opened().thenRun(() -> ctx.executor().execute(chunks::resumeTransfer));
        ctx.write(head);
        ctx.writeAndFlush(new HttpChunkedInput(new Download(sizeBytes, half)))
                .addListener(sent -> ctx.pipeline().remove(chunks));
    }

    private void echoWebSocket(ChannelHandlerContext ctx, FullHttpRequest request) {
        ctx.pipeline().addLast(new WebSocketServerProtocolHandler(WEBSOCKET_PATH));
        ctx.pipeline().addLast(new WebSocketEcho(name));
        ctx.fireChannelRead(request.retain());
        ctx.pipeline().remove(this);
    }
}
