package io.attestgate.policy.snapshot;

import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the permissions of a snapshot rest on beside its documents and its age.
 *
 * @param beats that were seen
 * @param measurement from when on the gateway's own measurement is trusted no longer
 * @param early halts that are proven short of finality
 * @param others from when on each other measurement that was asked about is trusted no longer
 */
public record Grounds(
        Beats beats, Ending measurement, EarlyHalts early, Map<Hash32, Ending> others) {
    /** Nobody has looked yet: nothing is permitted. */
    static final Grounds NOT_JUDGED =
            new Grounds(
                    new Beats(Instant.MIN, Optional.empty()),
                    Ending.already(Ending.Cause.NOT_JUDGED),
                    EarlyHalts.NONE);

    /** The end of the year 9999. */
    private static final Instant FAR = Instant.ofEpochSecond(253_402_300_799L);

    public Grounds {
        others = Map.copyOf(others);
    }

    /** Without other measurements. */
    public Grounds(Beats beats, Ending measurement, EarlyHalts early) {
        this(beats, measurement, early, Map.of());
    }

    /** Everything that may be asked is fulfilled for good: for readers that serve nobody. */
    public static Grounds fulfilled() {
        return new Grounds(new Beats(FAR, Optional.of(FAR)), Ending.NEVER, EarlyHalts.NONE);
    }
}
