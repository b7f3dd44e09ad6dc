package io.attestgate.certificate.renewal;

import io.attestgate.certificate.key.CheckedChain;
import io.attestgate.certificate.renewal.Wanted.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** When a certificate is to be followed by the next. */
final class Renewal {
    /** Two thirds of its life, where no document says otherwise. */
    static final int LIFE_PERCENT = 67;

    /** The jitter: up to a fiftieth of the life later, so that names do not come due together. */
    private static final int JITTER_PARTS = 50;

    private Renewal() {}

    /**
     * When so much of its life is over as the terms say, but not before half of what was left when
     * we stored it: a clock that is months ahead must not make us order without end.
     */
    static Instant at(CheckedChain chain, Instant storedAt, Demand demand, RandomGenerator random) {
        int percent = demand.terms().map(t -> t.renewAtLifePercent()).orElse(LIFE_PERCENT);
        Duration life = Duration.between(chain.notBefore(), chain.notAfter());
        Duration left = Duration.between(storedAt, chain.notAfter());
        Duration jitter = Duration.ofMillis(random.nextLong(life.toMillis() / JITTER_PARTS + 1));
        Instant byLife =
                chain.notBefore().plus(life.multipliedBy(percent).dividedBy(100)).plus(jitter);
        Instant byStore = storedAt.plus(left.dividedBy(2));
        return byLife.isAfter(byStore) ? byLife : byStore;
    }
}
