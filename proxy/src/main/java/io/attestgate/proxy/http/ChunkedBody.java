package io.attestgate.proxy.http;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The chunked coding (RFC 9112 §7.1), read strictly: CRLF and nothing else ends a line.
 *
 * <p>Chunk extensions are skipped, as §7.1.1 asks of who does not know them; they and the trailers
 * are bounded.
 */
final class ChunkedBody implements BodyReader {
    /** Size and extensions of one chunk. */
    static final int SIZE_LINE_BYTES_MAX = 256;

    static final int TRAILERS_BYTES_MAX = 8 * 1024;

    /** 15 digits keep the size within a long. */
    private static final int SIZE_DIGITS_MAX = 15;

    private enum State {
        SIZE,
        CONTENT,
        CONTENT_END,
        TRAILERS,
        DONE
    }

    private State state = State.SIZE;
    private long remainingBytes;

    @Override
    public Piece next(ByteBuf in) {
        return switch (state) {
            case SIZE -> size(in);
            case CONTENT -> content(in);
            case CONTENT_END -> contentEnd(in);
            case TRAILERS -> trailers(in);
            case DONE -> throw new IllegalStateException("chunked body: read past its end");
        };
    }

    private Piece size(ByteBuf in) {
        int lf = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        int length = (lf < 0 ? in.writerIndex() : lf + 1) - in.readerIndex();
        if (length > SIZE_LINE_BYTES_MAX) {
            return new Piece.Malformed("a chunk's size line is too long");
        }
        if (lf < 0) {
            return Piece.MORE;
        }
        long sizeBytes = parseSize(in, length);
        in.skipBytes(length);
        if (sizeBytes < 0) {
            return new Piece.Malformed("a chunk's size is no hexadecimal number");
        }
        remainingBytes = sizeBytes;
        state = sizeBytes == 0 ? State.TRAILERS : State.CONTENT;
        return next(in);
    }

    /** The size in the line of {@code length} bytes at the reader index; -1 if it is none. */
    private static long parseSize(ByteBuf in, int length) {
        int start = in.readerIndex();
        if (length < 3 || in.getByte(start + length - 2) != '\r') {
            return -1;
        }
        long size = 0;
        int i = 0;
        for (; i < length - 2 && Character.digit(in.getByte(start + i), 16) >= 0; i++) {
            size = size << 4 | Character.digit(in.getByte(start + i), 16);
        }
        if (i == 0 || i > SIZE_DIGITS_MAX) {
            return -1;
        }
        return isExtension(in, start + i, start + length - 2) ? size : -1;
    }

    private static boolean isExtension(ByteBuf in, int start, int end) {
        if (start == end) {
            return true;
        }
        for (int i = start; i < end; i++) {
            if (!Grammar.isFieldValue(in.getByte(i))) {
                return false;
            }
        }
        return in.getByte(start) == ';' || in.getByte(start) == ' ' || in.getByte(start) == '\t';
    }

    private Piece content(ByteBuf in) {
        if (!in.isReadable()) {
            return Piece.MORE;
        }
        int length = (int) Math.min(remainingBytes, in.readableBytes());
        remainingBytes -= length;
        if (remainingBytes == 0) {
            state = State.CONTENT_END;
        }
        return new Piece.Data(in.readRetainedSlice(length));
    }

    private Piece contentEnd(ByteBuf in) {
        if (in.readableBytes() < 2) {
            return Piece.MORE;
        }
        if (in.readByte() != '\r' || in.readByte() != '\n') {
            return new Piece.Malformed("a chunk is longer than it says");
        }
        state = State.SIZE;
        return size(in);
    }

    private Piece trailers(ByteBuf in) {
        // From the start each time: a section this short may be looked at twice.
        int length = new HeadScanner().scan(in);
        if (length == HeadScanner.MALFORMED || in.readableBytes() > TRAILERS_BYTES_MAX) {
            // What follows the trailers in the same read counts too, unless they are complete.
            if (length < 0 || length > TRAILERS_BYTES_MAX) {
                return new Piece.Malformed("the trailers are too long, or no lines");
            }
        }
        if (length == HeadScanner.INCOMPLETE) {
            return Piece.MORE;
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        state = State.DONE;
        Headers trailers = new Headers();
        Optional<String> fault = FieldLines.parse(bytes, 0, trailers);
        if (fault.isPresent()) {
            return new Piece.Malformed(fault.get());
        }
        // What frames or routes a message means nothing after its body (RFC 9110 §6.5.1).
        trailers.removeIf((name, value) -> HopByHop.isForbiddenInTrailers(name));
        return new Piece.End(trailers);
    }
}
