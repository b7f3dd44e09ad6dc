package io.attestgate.proxy.main;

import io.attestgate.policy.document.TcbState;
import io.attestgate.verify.HardwareSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of our own platform as it was judged at the start, watched from then on.
 *
 * <p>Everything that is served rests on that state, so a process whose platform is judged otherwise
 * ends and is started anew under the other state, or not at all. A vendor's service that does not
 * answer changes nothing: the gateway's staleness bounds are about the chain, and a reader judges
 * for himself.
 */
final class OwnState {
    /** Documents of vendors change by the day. */
    static final Duration JUDGED_AGAIN_AFTER = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(OwnState.class);

    private final OwnAppraisal appraisal;
    private final InstantSource clock;
    private final TcbState atStart;
    private volatile Optional<String> changed = Optional.empty();

    private OwnState(OwnAppraisal appraisal, InstantSource clock, TcbState atStart) {
        this.appraisal = appraisal;
        this.clock = clock;
        this.atStart = atStart;
    }

    /**
     * Judges for the first time.
     *
     * @throws StartException unless it is judged, and good by the bootstrap file's policy
     */
    static OwnState judge(OwnAppraisal appraisal, InstantSource clock) throws StartException {
        return switch (appraisal.judge(clock.instant())) {
            case OwnAppraisal.State.Judged judged -> {
                LOG.info("own platform: {}, until {}", judged.tcb().spelling(), judged.expiry());
                yield new OwnState(appraisal, clock, judged.tcb());
            }
            case OwnAppraisal.State.Refused refused ->
                    throw new StartException("own evidence refused: " + refused.refusal());
            case OwnAppraisal.State.Unknown unknown ->
                    throw new StartException("own evidence not judged: " + unknown.reason());
        };
    }

    /** Judges again, as often as {@link #JUDGED_AGAIN_AFTER}. */
    void watch(ScheduledExecutorService scheduler) {
        long seconds = JUDGED_AGAIN_AFTER.toSeconds();
        var watching =
                scheduler.scheduleWithFixedDelay(
                        this::judgeAgain, seconds, seconds, TimeUnit.SECONDS);
        assert !watching.isDone();
    }

    void judgeAgain() {
        switch (appraisal.judge(clock.instant())) {
            case OwnAppraisal.State.Judged judged when judged.tcb() == atStart ->
                    LOG.debug("own platform: still {}", atStart.spelling());
            case OwnAppraisal.State.Judged judged ->
                    changed =
                            Optional.of(
                                    "%s (at the start: %s)"
                                            .formatted(
                                                    judged.tcb().spelling(), atStart.spelling()));
            case OwnAppraisal.State.Refused refused ->
                    changed = Optional.of("refused: " + refused.refusal());
            case OwnAppraisal.State.Unknown unknown ->
                    LOG.warn("own evidence not judged: {}", unknown.reason());
        }
    }

    /** What evidence about ourselves is judged by. */
    HardwareSource source() {
        return appraisal.source();
    }

    /** The state that documents have to accept. */
    TcbState tcb() {
        return atStart;
    }

    /** Why this process must end; empty as long as nothing changed. */
    Optional<String> changed() {
        return changed;
    }
}
