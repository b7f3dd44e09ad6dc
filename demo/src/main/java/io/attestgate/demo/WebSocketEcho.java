package io.attestgate.demo;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

/** Sends back each text it receives, with the app's name before it; releases the frame. */
final class WebSocketEcho extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private final String name;

    WebSocketEcho(String name) {
        this.name = name;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
        ctx.writeAndFlush(new TextWebSocketFrame(name + ": " + frame.text()));
    }
}
