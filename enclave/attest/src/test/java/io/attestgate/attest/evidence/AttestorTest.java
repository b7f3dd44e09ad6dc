package io.attestgate.attest.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Judgement;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.simulated.SimulatedJudge;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** By hand: tasks run when the test runs them, and the clock moves when the device works. */
final class AttestorTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<CompletableFuture<EvidenceEnvelope>> answers = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private final SlowDevice device =
            new SlowDevice(
                    SimulatedPlatform.of(Hash32.ZERO, new FragileDisk(), Hash32.ZERO),
                    () -> meanwhile.run());
    private final Attestor attestor = new Attestor(device, tasks::add);

    private static byte[] claims(int number) {
        return ("claims " + number).getBytes(StandardCharsets.UTF_8);
    }

    private void attest(int number) {
        answers.add(attestor.attest(claims(number)).toCompletableFuture());
    }

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static void speaksFor(EvidenceEnvelope envelope, byte[] claims) {
        assertThat(envelope.claims()).isEqualTo(claims);
        assertThat(
                        SimulatedJudge.judge(
                                Objects.requireNonNull(envelope.evidence().get("cpu")),
                                ReportData.of(claims, envelope.path())))
                .isInstanceOf(Judgement.Genuine.class);
    }

    @Test
    void claimsThatWaitAloneHaveAReportToThemselves() throws Exception {
        attest(0);
        runAll();
        attest(1);
        runAll();
        assertThat(device.reports()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            assertThat(answers.get(i).get().path()).isEmpty();
            speaksFor(answers.get(i).get(), claims(i));
        }
    }

    @Test
    void claimsThatArriveWhileTheDeviceWorksShareTheNextReport() throws Exception {
        meanwhile =
                () -> {
                    meanwhile = () -> {};
                    for (int i = 1; i <= 100; i++) {
                        attest(i);
                    }
                };
        attest(0);
        runAll();
        assertThat(device.reports()).isEqualTo(2);
        assertThat(device.instant()).isEqualTo(Instant.EPOCH.plusMillis(500));
        assertThat(answers.get(0).get().path()).isEmpty();
        for (int i = 1; i <= 100; i++) {
            assertThat(answers.get(i).get().path()).hasSizeBetween(4, 7);
            speaksFor(answers.get(i).get(), claims(i));
        }
    }

    @Test
    void aThousandClientsASecondAreAnsweredWithinHalfASecondByFourReports() {
        Duration arrivesEvery = Duration.ofMillis(1);
        List<Instant> arrived = new ArrayList<>();
        Set<Integer> answered = new HashSet<>();
        meanwhile =
                () -> {
                    Instant until = device.instant().plus(SlowDevice.REPORT_TAKES);
                    while (arrived.size() < 1000
                            && arrived.getLast().plus(arrivesEvery).isBefore(until)) {
                        arrive(arrived, arrived.getLast().plus(arrivesEvery), answered);
                    }
                };
        arrive(arrived, device.instant(), answered);
        runAll();
        assertThat(answered).hasSize(1000);
        assertThat(device.reports()).isEqualTo(5);
    }

    private void arrive(List<Instant> arrived, Instant at, Set<Integer> answered) {
        int number = arrived.size();
        arrived.add(at);
        attest(number);
        CompletableFuture<EvidenceEnvelope> seen =
                answers.getLast()
                        .whenComplete(
                                (envelope, failure) -> {
                                    assertThat(device.instant())
                                            .isBeforeOrEqualTo(
                                                    at.plus(
                                                            SlowDevice.REPORT_TAKES.multipliedBy(
                                                                    2)));
                                    assertThat(answered.add(number)).isTrue();
                                });
        assertThat(seen).isNotNull();
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() {
        for (int i = 0; i <= Attestor.WAITING_MAX; i++) {
            attest(i);
        }
        assertThat(answers.getLast()).isCompletedExceptionally();
        runAll();
        assertThat(answers.subList(0, Attestor.WAITING_MAX))
                .allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(answers.getFirst().join().path()).hasSize(12);
    }

    @Test
    void aDeviceThatFailsFailsThoseWhoWaitAndIsAskedAgain() throws Exception {
        device.breakDown();
        attest(0);
        runAll();
        attest(1);
        runAll();
        assertThat(device.reports()).isEqualTo(2);
        for (CompletableFuture<EvidenceEnvelope> answer : answers) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(answer::get)
                    .withCauseInstanceOf(AttestationException.class);
        }
    }

    @Test
    void aBugInThePlatformFailsThoseWhoWaitAndStopsNoOneElse() throws Exception {
        meanwhile =
                () -> {
                    meanwhile = () -> {};
                    throw new IllegalStateException("a bug");
                };
        attest(0);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::runAll);
        assertThat(answers.getFirst()).isCompletedExceptionally();
        attest(1);
        runAll();
        speaksFor(answers.getLast().get(), claims(1));
    }
}
