package io.attestgate.proxy.http;

import io.netty.buffer.ByteBuf;

/** Takes one HTTP/1.1 message body out of the bytes of its connection (RFC 9112 §6). */
public sealed interface BodyReader permits BodyReader.Fixed, BodyReader.UntilClose, ChunkedBody {

    /** Takes the next piece; called until it gives an end, or asks for more. */
    Piece next(ByteBuf in);

    /** What the end of the connection means for the body. */
    default Piece closed() {
        return new Piece.Malformed("the connection ended within the body");
    }

    /** No body. */
    static BodyReader none() {
        return new Fixed(0);
    }

    /** That many bytes. */
    static BodyReader fixed(long bytes) {
        return new Fixed(bytes);
    }

    /** Everything to the end of the connection: old answers, and tunnels. */
    static BodyReader untilClose() {
        return new UntilClose();
    }

    /** Counts down. */
    final class Fixed implements BodyReader {
        private long remainingBytes;

        private Fixed(long bytes) {
            remainingBytes = bytes;
        }

        @Override
        public Piece next(ByteBuf in) {
            if (remainingBytes == 0) {
                return new Piece.End(new Headers());
            }
            if (!in.isReadable()) {
                return Piece.MORE;
            }
            int length = (int) Math.min(remainingBytes, in.readableBytes());
            remainingBytes -= length;
            return new Piece.Data(in.readRetainedSlice(length));
        }
    }

    /** Takes everything. */
    final class UntilClose implements BodyReader {
        private UntilClose() {}

        @Override
        public Piece next(ByteBuf in) {
            return in.isReadable()
                    ? new Piece.Data(in.readRetainedSlice(in.readableBytes()))
                    : Piece.MORE;
        }

        @Override
        public Piece closed() {
            return new Piece.End(new Headers());
        }
    }
}
