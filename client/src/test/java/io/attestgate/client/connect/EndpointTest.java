package io.attestgate.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {

    @Test
    void anOriginIsAHostAndAPort() {
        assertThat(Endpoint.parse("https://App.Example:8443/"))
                .isEqualTo(Parsed.good(new Endpoint(new Hostname("app.example"), 8443)));
        assertThat(Endpoint.parse("https://app.example"))
                .isEqualTo(Parsed.good(new Endpoint(new Hostname("app.example"), 443)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app.example",
                "http://app.example",
                "https://",
                "https://app.example/login",
                "https://app.example?x",
                "https://app.example#x",
                "https://user@app.example",
                "https://app.example:0",
                "https://app.example:65536",
                "https://app.example:x",
                "https://127.0.0.1",
                "https://[::1]",
                "https://10.0.0.0x1f",
                "https://a_b.example",
                "https://app.example\r\nX: y",
            })
    void anythingElseIsNoOrigin(String url) {
        assertThat(Endpoint.parse(url)).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void anAddressToDialMayBeANameOrAnAddress() {
        assertThat(HostPort.parse("127.0.0.1:8443"))
                .isEqualTo(Parsed.good(new HostPort("127.0.0.1", 8443)));
        assertThat(HostPort.parse("[::1]:1")).isEqualTo(Parsed.good(new HostPort("::1", 1)));
        assertThat(new HostPort("::1", 1)).hasToString("[::1]:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a:", ":1", "a:0", "a:65536", "a:-1", "::1:1", "[a]:1", "a b:1"})
    void anAddressWithoutOneOfTheTwoIsNone(String text) {
        assertThat(HostPort.parse(text)).isInstanceOf(Parsed.Bad.class);
    }
}
