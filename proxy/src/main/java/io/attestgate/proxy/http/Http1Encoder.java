package io.attestgate.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** Writes heads and chunks as HTTP/1.1 has them (RFC 9112). The caller owns what is returned. */
public final class Http1Encoder {
    private static final int HEAD_BYTES_USUAL = 512;
    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    private static final int CRLF = '\r' << 8 | '\n';
    private static final int COLON_SPACE = ':' << 8 | ' ';
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n'};

    private Http1Encoder() {}

    /** A status line; fields follow. */
    static ByteBuf statusLine(ByteBufAllocator allocator, int status) {
        ByteBuf out = allocator.ioBuffer(HEAD_BYTES_USUAL);
        out.writeBytes(VERSION);
        ByteBufUtil.writeAscii(out, Integer.toString(status));
        out.writeByte(' ');
        ByteBufUtil.writeAscii(out, HttpResponseStatus.valueOf(status).reasonPhrase());
        return out.writeShort(CRLF);
    }

    /** A request line; fields follow. */
    public static ByteBuf requestLine(
            ByteBufAllocator allocator, AsciiString method, AsciiString target) {
        ByteBuf out = allocator.ioBuffer(HEAD_BYTES_USUAL);
        write(out, method);
        out.writeByte(' ');
        write(out, target);
        out.writeByte(' ');
        out.writeBytes(VERSION, 0, VERSION.length - 1);
        return out.writeShort(CRLF);
    }

    public static void fields(ByteBuf out, Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            field(out, headers.nameAt(i), headers.valueAt(i));
        }
    }

    public static void field(ByteBuf out, AsciiString name, AsciiString value) {
        write(out, name);
        out.writeShort(COLON_SPACE);
        write(out, value);
        out.writeShort(CRLF);
    }

    public static void field(ByteBuf out, AsciiString name, long value) {
        write(out, name);
        out.writeShort(COLON_SPACE);
        ByteBufUtil.writeAscii(out, Long.toString(value));
        out.writeShort(CRLF);
    }

    /** The empty line that ends the fields. */
    public static ByteBuf end(ByteBuf out) {
        return out.writeShort(CRLF);
    }

    /** What goes before the content of one chunk. */
    public static ByteBuf chunkStart(ByteBufAllocator allocator, int sizeBytes) {
        ByteBuf out = allocator.ioBuffer(12);
        ByteBufUtil.writeAscii(out, Integer.toHexString(sizeBytes));
        return out.writeShort(CRLF);
    }

    /** What goes after it. */
    public static ByteBuf chunkEnd(ByteBufAllocator allocator) {
        return allocator.ioBuffer(2).writeShort(CRLF);
    }

    /** The end of a chunked body. */
    public static ByteBuf lastChunk(ByteBufAllocator allocator, Headers trailers) {
        ByteBuf out = allocator.ioBuffer(trailers.isEmpty() ? 8 : HEAD_BYTES_USUAL);
        out.writeBytes(LAST_CHUNK);
        fields(out, trailers);
        return end(out);
    }

    private static void write(ByteBuf out, AsciiString text) {
        out.writeBytes(text.array(), text.arrayOffset(), text.length());
    }
}
