package io.attestgate.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import java.util.Arrays;

class Http1RequestFuzzTest {
    private final Http1RequestParser parser = new Http1RequestParser(HttpLimits.DEFAULT, true);

    /** Nothing throws, and nothing that ends a line gets into a value that is written again. */
    @FuzzTest(maxDuration = "60s")
    void aHeadIsReadOrRefused(byte[] bytes) {
        int length = new HeadScanner().scan(Unpooled.wrappedBuffer(bytes));
        if (length <= 2) {
            return;
        }
        switch (parser.parse(Arrays.copyOf(bytes, length))) {
            case Http1Request.Read.Refused(int status, String why) ->
                    assertThat(status).isBetween(400, 599);
            case Http1Request.Read.Good(Http1Request request) -> {
                RequestHead head = request.head();
                assertIsOneLine(head.method());
                assertIsOneLine(head.target());
                head.headers()
                        .forEach(
                                (name, value) -> {
                                    assertIsOneLine(name);
                                    assertIsOneLine(value);
                                });
            }
        }
    }

    private static void assertIsOneLine(AsciiString text) {
        for (int i = 0; i < text.length(); i++) {
            assertThat(text.byteAt(i)).isNotIn((byte) '\r', (byte) '\n', (byte) 0);
        }
    }

    /** Where a head ends does not depend on how it arrives. */
    @FuzzTest(maxDuration = "60s")
    void aHeadEndsWhereItEndsHoweverItArrives(byte[] bytes) {
        int whole = new HeadScanner().scan(Unpooled.wrappedBuffer(bytes));
        HeadScanner dripping = new HeadScanner();
        ByteBuf arrived = Unpooled.buffer();
        int result = HeadScanner.INCOMPLETE;
        for (int i = 0; i < bytes.length && result == HeadScanner.INCOMPLETE; i++) {
            arrived.writeByte(bytes[i]);
            result = dripping.scan(arrived);
        }
        assertThat(result).isEqualTo(whole);
    }
}
