package io.attestgate.attest.dstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.evidence.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in each framing of RFC 9112 §6, in pieces of each size, and what is no answer. */
final class HttpAnswerTest {

    private static HttpAnswer read(byte[] bytes, int pieceBytes) throws MalformedException {
        HttpAnswerReader reader = new HttpAnswerReader();
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            int size = Math.min(pieceBytes, bytes.length - at);
            Optional<HttpAnswer> answer = reader.take(ByteBuffer.wrap(bytes, at, size));
            if (answer.isPresent() && at + size == bytes.length) {
                return answer.get();
            }
        }
        return reader.end();
    }

    private static byte[] bytes(String text) {
        return text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "HTTP/1.1 200 OK|Content-Length: 5||hello!200",
                "HTTP/1.1 404|content-LENGTH:5 |Server: a||hello!404",
                "HTTP/1.0 200 OK||hello!200",
                "HTTP/1.1 200 OK|Transfer-Encoding: Chunked||5|hello|0||!200",
                "HTTP/1.1 200 |Transfer-Encoding: chunked||2;a=b|he|03|llo|000|T: v||!200",
            })
    void anAnswerIsReadInEachFramingAndInPiecesOfEachSize(String answer, int status)
            throws MalformedException {
        byte[] bytes = bytes(answer);
        for (int pieceBytes = 1; pieceBytes <= bytes.length; pieceBytes++) {
            HttpAnswer read = read(bytes, pieceBytes);
            assertThat(read.status()).isEqualTo(status);
            assertThat(read.body()).asString().isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK|",
                "HTTP/2 200 OK||",
                "HTTP/1.1 100 Continue||",
                "HTTP/1.1 600 OK||",
                "GET / HTTP/1.1||",
                "HTTP/1.1 200 OK|no colon||",
                "HTTP/1.1 200 OK|Content-Length : 5||hello",
                "HTTP/1.1 200 OK|A: b| folded||",
                "HTTP/1.1 200 OK|Content-Length: 6||hello",
                "HTTP/1.1 200 OK|Content-Length: 4||hello",
                "HTTP/1.1 200 OK|Content-Length: -1||",
                "HTTP/1.1 200 OK|Content-Length: +5||hello",
                "HTTP/1.1 200 OK|Content-Length: 4194305||",
                "HTTP/1.1 200 OK|Content-Length: 99999999999||",
                "HTTP/1.1 200 OK|Content-Length: 5|Content-Length: 5||hello",
                "HTTP/1.1 200 OK|Content-Length: 5|Transfer-Encoding: chunked||0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: gzip||0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked||0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hellos|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||-1|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||400001|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|0||more"
            })
    void whatIsNoWholeAnswerIsRefused(String answer) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> read(bytes(answer), Integer.MAX_VALUE / 2));
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> read(bytes(answer), 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK|%s",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||0|%s",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||0;%s"
            })
    void headsAndLinesWithoutEndAreRefused(String beginning) {
        String endless = beginning.formatted("a: b".repeat(100_000));

        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> read(bytes(endless), 1000));
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryAnswerIsReadAlikeInPiecesAndWhole(byte[] input) {
        String whole = described(input, Math.max(1, input.length));
        String pieces = described(input, 3);
        if (!whole.equals(pieces)) {
            throw new AssertionError(whole + " and in pieces " + pieces);
        }
    }

    private static String described(byte[] input, int pieceBytes) {
        try {
            HttpAnswer answer = read(input, pieceBytes);
            return answer.status() + new String(answer.body(), StandardCharsets.ISO_8859_1);
        } catch (MalformedException refused) {
            return "refused";
        }
    }
}
