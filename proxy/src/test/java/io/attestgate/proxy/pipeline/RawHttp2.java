package io.attestgate.proxy.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 connection on which tests write and read frames, right or wrong. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private final RawClient client;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

    /** One frame (RFC 9113 §4.1). */
    record Frame(int type, int flags, int stream, ByteBuffer payload) {
        String text() {
            return StandardCharsets.ISO_8859_1.decode(payload.duplicate()).toString();
        }
    }

    private RawHttp2(RawClient client) {
        this.client = client;
    }

    static RawHttp2 open(Running gateway, String host) throws IOException {
        RawClient client =
                RawClient.tls(gateway.authority.trusting(), gateway.httpsPort(), host, "h2");
        client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        RawHttp2 http2 = new RawHttp2(client);
        http2.send(SETTINGS, 0, 0, new byte[0]);
        return http2;
    }

    RawHttp2 send(int type, int flags, int stream, byte[] payload) throws IOException {
        client.send(bytes(type, flags, stream, payload));
        return this;
    }

    static byte[] bytes(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    RawHttp2 sendAll(byte[] frames) throws IOException {
        client.send(frames);
        return this;
    }

    /** A field section of names and values. */
    byte[] fields(int stream, String... pairs) throws Http2Exception {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        ByteBuf out = Unpooled.buffer();
        encoder.encodeHeaders(stream, headers, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    /** The next frame. */
    Frame frame() throws IOException {
        byte[] head = client.in().readNBytes(9);
        if (head.length < 9) {
            throw new EOFException("the connection ended");
        }
        ByteBuffer in = ByteBuffer.wrap(head);
        int length = (in.get() & 0xff) << 16 | (in.getShort() & 0xffff);
        int type = in.get();
        int flags = in.get();
        int stream = in.getInt();
        return new Frame(type, flags, stream, ByteBuffer.wrap(client.in().readNBytes(length)));
    }

    /** The next frame of that type; others are passed over. */
    Frame next(int type) throws IOException {
        Frame frame = frame();
        while (frame.type() != type) {
            frame = frame();
        }
        return frame;
    }

    /** The next field section. */
    Http2Headers section() throws IOException, Http2Exception {
        Frame frame = next(HEADERS);
        return decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
    }

    /** The error code of the GOAWAY that ends the connection. */
    int goAway() throws IOException {
        return next(GOAWAY).payload().getInt(4);
    }

    @Override
    public void close() throws IOException {
        encoder.close();
        client.close();
    }
}
