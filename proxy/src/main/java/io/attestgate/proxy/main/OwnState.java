package io.attestgate.proxy.main;

import io.attestgate.policy.document.EvidenceRoot;
import io.attestgate.policy.document.TcbState;
import io.attestgate.verify.HardwareSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of our own platform as it was judged at the start, watched from then on.
 *
 * <p>Everything that is served rests on that state, so a process whose platform is judged otherwise
 * ends and is started anew under the other state, or not at all. A vendor's service that does not
 * answer changes nothing before the newest verdict expires: the operator may keep its answers from
 * us, but not longer than what we have is good for. One scheduler's thread judges; any thread asks.
 */
final class OwnState {
    /** Documents of vendors change by the day. */
    static final Duration JUDGED_AGAIN_AFTER = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(OwnState.class);

    private final OwnAppraisal appraisal;
    private final InstantSource clock;
    private final OwnAppraisal.State.Judged atStart;
    private volatile Instant expiry;
    private volatile Optional<String> changed = Optional.empty();
    private volatile Future<?> watching = new CompletableFuture<>();

    private OwnState(
            OwnAppraisal appraisal, InstantSource clock, OwnAppraisal.State.Judged atStart) {
        this.appraisal = appraisal;
        this.clock = clock;
        this.atStart = atStart;
        this.expiry = atStart.expiry();
    }

    /**
     * Judges for the first time.
     *
     * @throws StartException unless it is judged, and good by the bootstrap file's policy
     */
    static OwnState judge(OwnAppraisal appraisal, InstantSource clock) throws StartException {
        return switch (appraisal.judge(clock.instant())) {
            case OwnAppraisal.State.Judged judged -> {
                LOG.info("own platform: {}, until {}", judged, judged.expiry());
                yield new OwnState(appraisal, clock, judged);
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
        watching =
                scheduler.scheduleWithFixedDelay(
                        this::judgeLoudly, seconds, seconds, TimeUnit.SECONDS);
    }

    /** A bug of ours ends the watch, and the process; nobody else would say which it was. */
    private void judgeLoudly() {
        try {
            judgeAgain();
        } catch (RuntimeException | Error e) {
            LOG.error("own evidence: not judged again", e);
            throw e;
        }
    }

    void judgeAgain() {
        switch (appraisal.judge(clock.instant())) {
            case OwnAppraisal.State.Judged judged when judged.isAs(atStart) -> {
                expiry = judged.expiry();
                LOG.debug("own platform: still {}, until {}", judged, expiry);
            }
            case OwnAppraisal.State.Judged judged ->
                    changed = Optional.of("%s (at the start: %s)".formatted(judged, atStart));
            case OwnAppraisal.State.Refused refused ->
                    changed = Optional.of("refused: " + refused.refusal());
            case OwnAppraisal.State.Unknown unknown ->
                    LOG.warn(
                            "own evidence not judged, good until {}: {}", expiry, unknown.reason());
        }
    }

    /** What evidence about ourselves is judged by. */
    HardwareSource source() {
        return appraisal.source();
    }

    /** The state that documents have to accept. */
    TcbState tcb() {
        return atStart.tcb();
    }

    /** What our evidence ends in, which documents have to accept. */
    Set<EvidenceRoot> roots() {
        return atStart.roots();
    }

    /** Why this process must end; empty as long as nothing changed. */
    Optional<String> changed() {
        if (changed.isPresent()) {
            return changed;
        }
        if (watching.isDone()) {
            return Optional.of("watched no more");
        }
        return clock.instant().isBefore(expiry)
                ? Optional.empty()
                : Optional.of("judged good until %s, and not since".formatted(expiry));
    }
}
