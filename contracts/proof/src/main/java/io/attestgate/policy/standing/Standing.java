package io.attestgate.policy.standing;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.follow.Judge;
import io.attestgate.policy.read.EarlyReading;
import io.attestgate.policy.read.EarlySource;
import io.attestgate.policy.read.FinalState;
import io.attestgate.policy.read.NamedState;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Grounds;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.wire.Hash32;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Judges each snapshot by what it rests on, at the same final block: the gateway's own measurement
 * and those of other versions that it has to know about, beats, and what is proven early.
 *
 * <p>They fail apart. Without the registry nothing can be said, so the whole reading fails and the
 * policy ages. Without the heartbeat's contract the heartbeat ages. Without early blocks reductions
 * wait for finality, and those that are known stay.
 *
 * <p>One thread but for {@link #heartbeat} and {@link #earlyFailure}.
 */
public final class Standing implements Judge {
    private final MeasurementEntry measurement;
    private final Supplier<Set<Hash32>> others;
    private final HeartbeatLoop heartbeat;
    private final FinalState finalState;
    private final EarlySource earlySource;
    private final EarlyReductions early = new EarlyReductions();
    private volatile Optional<String> earlyFailure = Optional.empty();

    /** Of a gateway that asks about its own measurement alone. */
    public Standing(
            Hash32 measurement,
            HeartbeatLoop heartbeat,
            FinalState finalState,
            EarlySource earlySource) {
        this(measurement, Set::of, heartbeat, finalState, earlySource);
    }

    /**
     * @param others the measurements of other versions to ask about, asked for at each block
     */
    public Standing(
            Hash32 measurement,
            Supplier<Set<Hash32>> others,
            HeartbeatLoop heartbeat,
            FinalState finalState,
            EarlySource earlySource) {
        this.measurement = new MeasurementEntry(measurement);
        this.others = others;
        this.heartbeat = heartbeat;
        this.finalState = finalState;
        this.earlySource = earlySource;
    }

    @Override
    public Grounds judge(Snapshot bare) throws PolicyReadException {
        PolicyPoint point = bare.point();
        NamedState named = finalState.at(point);
        Ending trust = measurement.trust(named);
        heartbeat.proceed(bare.heartbeatDuty(), point.block(), named);
        early.overtakenBy(point);
        lookAhead(point);
        return new Grounds(
                heartbeat.state().beats(),
                early.revoked() ? Ending.already(Ending.Cause.MEASUREMENT_REVOKED) : trust,
                early.halts(),
                others(named));
    }

    private Map<Hash32, Ending> others(NamedState named) throws PolicyReadException {
        Map<Hash32, Ending> trusts = new HashMap<>();
        for (Hash32 other : others.get()) {
            trusts.put(other, new MeasurementEntry(other).trust(named));
        }
        return trusts;
    }

    /** How the heartbeat goes; any thread. */
    public HeartbeatState heartbeat() {
        return heartbeat.state();
    }

    /** Why the newest look beyond finality failed; empty if it did not. Any thread. */
    public Optional<String> earlyFailure() {
        return earlyFailure;
    }

    private void lookAhead(PolicyPoint point) {
        try {
            Optional<EarlyReading> reading = earlySource.read(point);
            if (reading.isPresent()) {
                note(reading.get());
            }
            earlyFailure = Optional.empty();
        } catch (PolicyReadException e) {
            earlyFailure = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Of what an early block says of the measurement, that it is revoked counts, and no more. */
    private void note(EarlyReading reading) throws PolicyReadException {
        early.note(reading);
        if (measurement.trust(reading.named()).cause() == Ending.Cause.MEASUREMENT_REVOKED) {
            early.noteRevoked(reading.block());
        }
    }
}
