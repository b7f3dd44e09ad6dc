package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that must end does, also before it ever served. */
@Timeout(20)
final class FaultWatchTest {

    private static FaultWatch watch(boolean following, Optional<String> changed) {
        return new FaultWatch(() -> following, Optional::empty, () -> changed);
    }

    @Test
    void aPolicyThatIsFollowedNoMoreEndsTheWaitForTheFirstOne() {
        FaultWatch watch =
                new FaultWatch(
                        () -> false,
                        () -> Optional.of(new IllegalStateException("a bug of ours")),
                        Optional::empty);

        assertThat(watch.await(() -> false)).isFalse();

        assertThat(watch.await()).startsWith("policy: followed no more");
    }

    @Test
    void aPlatformThatIsJudgedOtherwiseEndsTheWaitForANameThatIsNeverServed() {
        FaultWatch watch = watch(true, Optional.of("refused: EXPIRED"));

        assertThat(watch.await(() -> false)).isFalse();

        assertThat(watch.await())
                .isEqualTo("own platform: refused: EXPIRED (expected: as at the start)");
    }

    @Test
    void withoutAFaultItWaitsUntilAllIsSettled() {
        AtomicInteger looks = new AtomicInteger();

        assertThat(watch(true, Optional.empty()).await(() -> looks.incrementAndGet() == 3))
                .isTrue();
        assertThat(looks).hasValue(3);
    }
}
