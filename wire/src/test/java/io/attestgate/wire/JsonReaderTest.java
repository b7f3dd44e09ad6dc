package io.attestgate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {
    private static final int SIZE_BYTES_MAX = 10_000;

    private static Parsed<Json> parse(String text) {
        return JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), SIZE_BYTES_MAX);
    }

    @Test
    void everyKindOfValueIsRead() {
        assertThat(parse(" {\"a\":[1,-2,true,false,null,\"x\\u00e9\\n\"]} ").toOptional())
                .contains(
                        Json.object(
                                "a",
                                new Json.Arr(
                                        List.of(
                                                new Json.Int(1),
                                                new Json.Int(-2),
                                                new Json.Bool(true),
                                                new Json.Bool(false),
                                                new Json.Null(),
                                                new Json.Text("x\u00e9\n")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "01",
                "1.5",
                "1e3",
                "9007199254740992",
                "99999999999999999999",
                "-",
                "tru",
                "\"",
                "\"\\x\"",
                "\"\\ud800\"",
                "\"\u0001\"",
                "{}{}",
                "{a:1}",
                "'x'",
                "NaN",
                "/**/1",
                "[1 2]",
                "\"\\u00e\"",
                "\ufeff1"
            })
    void whatIsNotJsonIsABadValueAndNoException(String text) {
        assertThat(parse(text)).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void aNameGivenTwiceIsAFaultAtItsPath() {
        assertThat(parse("{\"a\":{\"b\":1,\"b\":2}}").faults())
                .extracting(Fault::path)
                .containsExactly("$.a.b");
    }

    @Test
    void invalidUtf8IsAFault() {
        byte[] bytes = {'"', (byte) 0xc0, (byte) 0x80, '"'};
        assertThat(JsonReader.parse(bytes, SIZE_BYTES_MAX)).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThat(parse("[".repeat(5_000))).isInstanceOf(Parsed.Bad.class);
        assertThat(parse(" ".repeat(SIZE_BYTES_MAX) + "1")).isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\":1,\"a\":2}|{\"a\":2,\"b\":1}",
                "[ 1 , 2 ]|[1,2]",
                "\"\\u0041\\/\"|\"A/\"",
                "\"\\u000a\\u001f\"|\"\\n\\u001f\"",
                "{\"\\ud83d\\ude00\":1,\"\\ufb33\":2}|{\"\ud83d\ude00\":1,\"\ufb33\":2}"
            })
    void theCanonicalFormIsThatOfRfc8785(String text, String canonical) {
        Json value = parse(text).toOptional().orElseThrow();
        assertThat(CanonicalJson.text(value)).isEqualTo(canonical);
    }

    @Test
    void aDocumentInAnotherSpellingIsNotCanonical() {
        byte[] spaced = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
        byte[] canonical = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(JsonReader.parseCanonical(spaced, SIZE_BYTES_MAX))
                .isInstanceOf(Parsed.Bad.class);
        assertThat(JsonReader.parseCanonical(canonical, SIZE_BYTES_MAX))
                .isInstanceOf(Parsed.Good.class);
    }
}
