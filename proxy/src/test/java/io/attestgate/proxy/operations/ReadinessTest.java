package io.attestgate.proxy.operations;

import static io.attestgate.proxy.operations.Statuses.BLOCK_TIME;
import static io.attestgate.proxy.operations.Statuses.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    private static final Instant LATER = NOW.plus(Duration.ofDays(60));

    @Test
    void aGatewayThatReadNoPolicyIsNotReadyAndSaysWhy() {
        Readiness readiness = Readiness.of(Statuses.starting(), NOW);

        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.reasons())
                .singleElement()
                .asString()
                .startsWith("policy: not read: rpc: refused");
    }

    @Test
    void aGatewayWithNamesAndNoCertificateIsNotReady() {
        assertThat(Readiness.of(Statuses.governed(), NOW).isReady()).isFalse();
        assertThat(
                        Readiness.of(
                                        Statuses.governed(
                                                Statuses.failing("app.example", "caa: forbidden")),
                                        NOW)
                                .isReady())
                .isFalse();
    }

    @Test
    void oneCertificateThatHasNotEndedIsEnough() {
        GatewayStatus status =
                Statuses.governed(
                        Statuses.serving("app.example", LATER),
                        Statuses.failing("b.example", "caa: forbidden"));

        assertThat(Readiness.of(status, NOW).isReady()).isTrue();
        assertThat(Readiness.of(status, LATER).reasons()).hasSize(2);
    }

    @Test
    void aPolicyBeyondItsHardBoundIsNotReadyAndOneBeyondTheSoftBoundIs() {
        GatewayStatus status = Statuses.governed(Statuses.serving("app.example", LATER));

        assertThat(Readiness.of(status, BLOCK_TIME.plus(Duration.ofHours(2))).isReady()).isTrue();
        assertThat(Readiness.of(status, BLOCK_TIME.plus(Duration.ofHours(6))).isReady()).isFalse();
    }

    @Test
    void aClosedDoorIsNotReady() {
        GatewayStatus open = Statuses.governed(Statuses.serving("app.example", LATER));
        GatewayStatus closed =
                new GatewayStatus(
                        open.identity(),
                        open.policy(),
                        open.heartbeat(),
                        open.reading(),
                        open.chain(),
                        open.domains(),
                        open.certificates(),
                        List.of());

        assertThat(Readiness.of(closed, NOW).isReady()).isFalse();
    }
}
