package io.attestgate.proxy.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.LogRule;
import io.attestgate.policy.document.LogRule.ClientAddress;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class AccessLogTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicReference<LogRule> rule = new AtomicReference<>(LogRule.PRIVATE);
    private final AccessLog log =
            new AccessLog(out, rule::get, host -> Optional.of("app.example"), () -> Statuses.NOW);

    @Test
    void byDefaultALineTellsNothingAboutTheClient() {
        log.requestEnded(Requests.get("app.example", "/secret/path?token=t", 200));

        assertThat(written())
                .isEqualTo(
                        """
                        {"at":"2026-01-02T03:04:05.678Z","bytesIn":10,"bytesOut":2000,\
                        "ending":"complete","from":"upstream","method":"GET","micros":3000,\
                        "name":"app.example","port":"https","status":200,"version":"2"}
                        """);
    }

    @Test
    void thePolicyMayLetMoreOutAndOnlyThat() {
        rule.set(new LogRule(ClientAddress.NETWORK, true, false, Set.of()));
        log.requestEnded(Requests.get("app.example", "/path?token=t", 200));

        assertThat(written())
                .contains("\"client\":\"203.0.113.0/24\"", "\"path\":\"/path\"")
                .doesNotContain("token", "77");

        rule.set(new LogRule(ClientAddress.FULL, false, true, Set.of()));
        log.requestEnded(Requests.get("app.example", "/path?token=t", 200));

        assertThat(written())
                .contains("\"client\":\"203.0.113.77\"", "\"query\":\"token=t\"")
                .doesNotContain("\"path\"");
    }

    @Test
    void ofAnIpv6ClientTheNetworkIsItsFirst48Bits() {
        rule.set(new LogRule(ClientAddress.NETWORK, false, false, Set.of()));
        log.requestEnded(Requests.ended("app.example", "GET", "/", 200, "2001:db8:1:2:3:4:5:6"));

        assertThat(written()).contains("\"client\":\"2001:db8:1:0:0:0:0:0/48\"");
    }

    @Test
    void noTextOfAClientBreaksALineOrTellsMore() {
        rule.set(new LogRule(ClientAddress.NONE, true, true, Set.of()));
        log.requestEnded(
                Requests.ended("app.example", "STEAL\n{}", "/a\"}\n{\u001b[2J?\r\n", 200, "::1"));

        String written = written();
        assertThat(written.lines()).hasSize(1);
        assertThat(written)
                .contains("\"method\":\"other\"")
                .doesNotContain("STEAL", "\u001b", "\r");
    }

    @Test
    void aLineThatNobodyTakesIsLostAndCounted() {
        for (int i = 0; i < AccessLog.WAITING_MAX + 3; i++) {
            log.requestEnded(Requests.get("app.example", "/", 200));
        }

        assertThat(log.lost()).isEqualTo(3);
        assertThat(written().lines()).hasSize(AccessLog.WAITING_MAX);
    }

    @Test
    void aBrokenOutputLosesLinesAndNothingElse() {
        AccessLog broken =
                new AccessLog(
                        new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException("gone");
                            }
                        },
                        rule::get,
                        host -> Optional.empty(),
                        () -> Statuses.NOW);
        broken.requestEnded(Requests.get("app.example", "/", 200));

        broken.writeWaiting();

        assertThat(broken.lost()).isEqualTo(1);
    }

    @Test
    void closingWritesWhatWaits() {
        PrometheusRegistry registry = new PrometheusRegistry();
        try (AccessLog open =
                AccessLog.open(
                        out, rule::get, host -> Optional.empty(), () -> Statuses.NOW, registry)) {
            open.requestEnded(Requests.get("app.example", "/", 200));
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"name\":null");
    }

    /** What was written since the last call. */
    private String written() {
        log.writeWaiting();
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }
}
