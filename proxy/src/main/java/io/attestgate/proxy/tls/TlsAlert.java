package io.attestgate.proxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/** The fatal alerts that we send before there is a TLS library to send them (RFC 8446 §6). */
enum TlsAlert {
    DECODE_ERROR(50),
    INTERNAL_ERROR(80),
    UNRECOGNIZED_NAME(112),
    NO_APPLICATION_PROTOCOL(120);

    private static final int RECORD_ALERT = 21;
    private static final int LEVEL_FATAL = 2;
    private static final int LEGACY_RECORD_VERSION = 0x0303;

    private final int description;

    TlsAlert(int description) {
        this.description = description;
    }

    void sendAndClose(ChannelHandlerContext ctx) {
        ByteBuf alert =
                ctx.alloc()
                        .ioBuffer(7)
                        .writeByte(RECORD_ALERT)
                        .writeShort(LEGACY_RECORD_VERSION)
                        .writeShort(2)
                        .writeByte(LEVEL_FATAL)
                        .writeByte(description);
        ctx.writeAndFlush(alert).addListener(ChannelFutureListener.CLOSE);
    }
}
