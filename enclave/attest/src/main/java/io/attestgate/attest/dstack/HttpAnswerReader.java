package io.attestgate.attest.dstack;

import io.attestgate.attest.dstack.HttpAnswer.Framing;
import io.attestgate.attest.dstack.HttpAnswer.Head;
import io.attestgate.attest.secret.ErasableBytes;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts one answer together from what the connection gives, in whatever pieces. One thread.
 *
 * <p>Each byte is looked at once: what is not yet whole (head, size of a chunk) waits in {@code
 * line}, which is bounded, and the rest goes to {@code body}, which is bounded too.
 */
final class HttpAnswerReader {
    /** A chunk's size with its extensions, or a field after the last chunk. */
    private static final int LINE_BYTES_MAX = 1024;

    private static final int TRAILERS_MAX = 16;
    private static final Pattern CHUNK =
            Pattern.compile("([0-9a-fA-F]{1,8})[ \t]*(;.*)?", Pattern.DOTALL);

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ErasableBytes body = new ErasableBytes();
    private @Nullable Head head;
    private Expected expected = Expected.HEAD;
    private long left;
    private int trailers;

    private enum Expected {
        HEAD,
        /** {@code left} bytes of the body, or all until the end. */
        BODY,
        CHUNK_SIZE,
        /** {@code left} bytes of the chunk. */
        CHUNK,
        /** The empty line after a chunk. */
        CHUNK_END,
        TRAILER,
        /** Nothing. */
        END
    }

    /** Takes what came; the answer, once it is whole. */
    Optional<HttpAnswer> take(ByteBuffer bytes) throws MalformedException {
        while (bytes.hasRemaining()) {
            switch (expected) {
                case HEAD -> takeHead(bytes.get());
                case BODY, CHUNK -> takeBody(bytes);
                case CHUNK_SIZE, CHUNK_END, TRAILER -> takeLine(bytes.get());
                case END ->
                        throw new MalformedException(
                                "answer", bytes.remaining() + " bytes more", "nothing after it");
            }
        }
        return expected == Expected.END ? Optional.of(answer()) : Optional.empty();
    }

    /** The answer, if it may end with the connection. */
    HttpAnswer end() throws MalformedException {
        boolean mayEnd =
                expected == Expected.END
                        || (expected == Expected.BODY
                                && head().framing() instanceof Framing.UntilClose);
        if (!mayEnd) {
            throw new MalformedException(
                    "answer", "an end after %d bytes of it".formatted(body.size()), "all of it");
        }
        return answer();
    }

    private HttpAnswer answer() {
        HttpAnswer answer = new HttpAnswer(head().status(), body.toBytes());
        body.erase();
        return answer;
    }

    private Head head() {
        if (head == null) {
            throw new IllegalStateException("head: absent (expected: read before the body)");
        }
        return head;
    }

    private void takeHead(byte next) throws MalformedException {
        line.write(next);
        if (line.size() > HttpAnswer.HEAD_BYTES_MAX) {
            throw new MalformedException(
                    "answer's head",
                    "more than " + HttpAnswer.HEAD_BYTES_MAX + " bytes",
                    "an empty line before that");
        }
        if (next == '\n' && endsHead()) {
            byte[] all = line.toByteArray();
            line.reset();
            begin(HttpAnswer.head(Arrays.copyOf(all, all.length - 4)));
        }
    }

    private boolean endsHead() {
        int size = line.size();
        return size >= 4
                && new String(line.toByteArray(), size - 4, 4, StandardCharsets.ISO_8859_1)
                        .equals("\r\n\r\n");
    }

    private void begin(Head read) {
        head = read;
        switch (read.framing()) {
            case Framing.Length length -> {
                left = length.bytes();
                expected = left == 0 ? Expected.END : Expected.BODY;
            }
            case Framing.Chunked _ -> expected = Expected.CHUNK_SIZE;
            case Framing.UntilClose _ -> {
                left = Long.MAX_VALUE;
                expected = Expected.BODY;
            }
        }
    }

    private void takeBody(ByteBuffer bytes) throws MalformedException {
        byte[] part = new byte[(int) Math.min(bytes.remaining(), left)];
        bytes.get(part);
        if (body.size() + part.length > HttpAnswer.BODY_BYTES_MAX) {
            throw tooLarge();
        }
        body.write(part);
        Arrays.fill(part, (byte) 0);
        left -= part.length;
        if (left == 0) {
            expected = expected == Expected.CHUNK ? Expected.CHUNK_END : Expected.END;
        }
    }

    private static MalformedException tooLarge() {
        return new MalformedException(
                "answer", "a larger body", "at most " + HttpAnswer.BODY_BYTES_MAX + " bytes");
    }

    private void takeLine(byte next) throws MalformedException {
        line.write(next);
        if (line.size() > LINE_BYTES_MAX) {
            throw new MalformedException(
                    "chunk", "a longer line", "at most " + LINE_BYTES_MAX + " bytes");
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n")) {
            line.reset();
            takeLine(text.substring(0, text.length() - 2));
        }
    }

    private void takeLine(String text) throws MalformedException {
        if (expected == Expected.CHUNK_SIZE) {
            takeChunkSize(text);
        } else if (text.isEmpty()) {
            expected = expected == Expected.CHUNK_END ? Expected.CHUNK_SIZE : Expected.END;
        } else if (expected == Expected.CHUNK_END || ++trailers > TRAILERS_MAX) {
            throw new MalformedException(
                    Fault.quoted("chunk", text, "an empty line (RFC 9112 §7.1)"));
        }
    }

    private void takeChunkSize(String text) throws MalformedException {
        Matcher chunk = CHUNK.matcher(text);
        if (!chunk.matches()) {
            throw new MalformedException(
                    Fault.quoted("chunk", text, "a size in hexadecimal (RFC 9112 §7.1)"));
        }
        left = Long.parseLong(chunk.group(1), 16);
        if (body.size() + left > HttpAnswer.BODY_BYTES_MAX) {
            throw tooLarge();
        }
        expected = left == 0 ? Expected.TRAILER : Expected.CHUNK;
    }
}
