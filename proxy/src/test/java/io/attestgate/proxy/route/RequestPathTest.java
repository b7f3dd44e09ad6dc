package io.attestgate.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/a/b,/a/b",
        "/%61pi,/api",
        "/%2Ewell-known,/.well-known",
        "/a%2Fb,/a%2Fb",
        "/a%20b,/a%20b",
        "/...,/...",
        "/.a,/.a",
        "/a..,/a..",
        "//a,//a"
    })
    void whatIsEscapedWithoutNeedIsComparedPlain(String received, String compared) {
        assertThat(RequestPath.of(AsciiString.of(received))).contains(new RequestPath(compared));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/.",
                "/a/..",
                "/a/./b",
                "/a/../b",
                "/%2e%2e/b",
                "/.%2E/b",
                "/a/..;x/b",
                "/a\\b",
                "/a%5Cb",
                "/%00",
                "/%",
                "/%4",
                "/%zz"
            })
    void whatReadersDisagreeAboutIsNoPath(String received) {
        assertThat(RequestPath.of(AsciiString.of(received))).isEmpty();
    }

    /** What was made plain once is plain, or was no path of ours after all. */
    @FuzzTest(maxDuration = "60s")
    void makingItPlainTwiceChangesNothing(byte[] bytes) {
        String received = "/" + new String(bytes, StandardCharsets.ISO_8859_1);
        RequestPath.of(new AsciiString(received.getBytes(StandardCharsets.ISO_8859_1)))
                .filter(path -> path.value().indexOf('%') < 0)
                .ifPresent(
                        path ->
                                assertThat(RequestPath.of(AsciiString.of(path.value())))
                                        .contains(path));
    }
}
