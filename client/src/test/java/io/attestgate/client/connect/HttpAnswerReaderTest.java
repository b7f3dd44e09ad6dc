package io.attestgate.client.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.wire.Parsed;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpAnswerReaderTest {
    private static final int BODY_BYTES_MAX = 64;

    @Test
    void anAnswerIsStatusFieldsAndBody() throws IOException {
        HttpAnswer answer =
                read("HTTP/1.1 200 OK\r\n"
                                + "Content-Type: Application/JSON; x=y\r\n"
                                + "Content-Length:2 \r\n\r\n"
                                + "{}")
                        .toOptional()
                        .orElseThrow();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).contains("application/json");
        assertThat(answer.body()).isEqualTo(new byte[] {'{', '}'});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 65\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\ncontent-length: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\u0000c\r\nContent-Length: 0\r\n\r\n",
            })
    void whatThisClientDidNotAskForIsRefused(String answer) throws IOException {
        assertThat(read(answer)).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void aHeadWithoutEndIsRefusedAtItsBound() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nA: " + "a".repeat(1 << 20)))
                .isInstanceOf(Parsed.Bad.class);
        assertThat(read("HTTP/1.1 200 OK\r\n" + fields(65) + "\r\n"))
                .isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void anAnswerThatEndsEarlyIsABrokenConnection() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read("HTTP/1.1 200")).isInstanceOf(EOFException.class);
    }

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAnAnswerOrAFaultOrABrokenConnection(byte[] bytes) {
        try {
            Parsed<HttpAnswer> answer =
                    HttpAnswerReader.read(new ByteArrayInputStream(bytes), BODY_BYTES_MAX);
            answer.toOptional()
                    .ifPresent(good -> assertThat(good.body()).hasSizeLessThan(BODY_BYTES_MAX + 1));
        } catch (IOException early) {
            assertThat(early).isInstanceOf(EOFException.class);
        }
    }

    private static String fields(int count) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append("a").append(i).append(": b\r\n");
        }
        return fields.toString();
    }

    private static Parsed<HttpAnswer> read(String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        return HttpAnswerReader.read(new ByteArrayInputStream(bytes), BODY_BYTES_MAX);
    }
}
