package io.attestgate.proxy.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.LogRule;
import io.attestgate.policy.document.LogRule.ClientAddress;
import io.attestgate.proxy.http.Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LoggedFieldsTest {
    private final Headers request =
            new Headers()
                    .add(AsciiString.of("user-agent"), "curl/8")
                    .add(AsciiString.of("cookie"), "secret=1")
                    .add(AsciiString.of("x-tag"), "a")
                    .add(AsciiString.of("x-tag"), "b");

    @Test
    void byDefaultNoneIsKept() {
        assertThat(LoggedFields.of(request, LogRule.PRIVATE)).isEmpty();
    }

    @Test
    void theNamedOnesAreKeptAndJoinedAndNoOthers() {
        assertThat(LoggedFields.of(request, naming("user-agent", "x-tag", "absent")))
                .isEqualTo(Map.of("user-agent", "curl/8", "x-tag", "a, b"));
    }

    @Test
    void aLongValueIsCut() {
        Headers headers = new Headers().add(AsciiString.of("x"), "y".repeat(10_000));

        assertThat(LoggedFields.of(headers, naming("x")))
                .isEqualTo(Map.of("x", "y".repeat(LoggedFields.VALUE_CHARS_MAX)));
    }

    private static LogRule naming(String... names) {
        return new LogRule(ClientAddress.NONE, false, false, Set.of(names));
    }
}
