package io.attestgate.demo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A body of any size whose every byte follows from its position, so that the receiver can tell
 * whether it came whole; stops half way until its gate opens.
 */
final class Download implements ChunkedInput<ByteBuf> {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final byte[] PATTERN = pattern();

    private final long sizeBytes;
    private final Gate half;
    private long sentBytes;

    Download(long sizeBytes, Gate half) {
        this.sizeBytes = sizeBytes;
        this.half = half;
    }

    private static byte[] pattern() {
        byte[] pattern = new byte[CHUNK_BYTES];
        for (int i = 0; i < CHUNK_BYTES; i++) {
            pattern[i] = (byte) (i * 31 + (i >> 8));
        }
        return pattern;
    }

    /** The SHA-256 of a download of that size. */
    static byte[] sha256(long sizeBytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long at = 0; at < sizeBytes; at += CHUNK_BYTES) {
                digest.update(PATTERN, 0, (int) Math.min(CHUNK_BYTES, sizeBytes - at));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Null means "not now": the writer is resumed when the gate opens. */
    @Override
    public @Nullable ByteBuf readChunk(ByteBufAllocator allocator) {
        if (sentBytes >= sizeBytes / 2 && !half.opened().isDone()) {
            return null;
        }
        int size = (int) Math.min(CHUNK_BYTES, sizeBytes - sentBytes);
        sentBytes += size;
        return allocator.buffer(size).writeBytes(PATTERN, 0, size);
    }

    @Override
    @SuppressWarnings("deprecation") // The interface has both.
    public @Nullable ByteBuf readChunk(ChannelHandlerContext ctx) {
        return readChunk(ctx.alloc());
    }

    @Override
    public boolean isEndOfInput() {
        return sentBytes == sizeBytes;
    }

    @Override
    public void close() {}

    @Override
    public long length() {
        return sizeBytes;
    }

    @Override
    public long progress() {
        return sentBytes;
    }
}
