package io.attestgate.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

class Http1ResponseFuzzTest {

    /** Nothing throws, and what is taken has a status that can be written again. */
    @FuzzTest(maxDuration = "60s")
    void aHeadIsReadOrRefused(byte[] bytes) {
        int length = new HeadScanner().scan(Unpooled.wrappedBuffer(bytes));
        if (length > 2
                && Http1ResponseParser.parse(Arrays.copyOf(bytes, length), false)
                        instanceof Http1ResponseParser.Read.Good good) {
            assertThat(good.head().status()).isBetween(100, 599);
        }
    }
}
