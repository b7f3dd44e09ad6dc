package io.attestgate.policy.standing;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.EarlyReading;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.snapshot.EarlyHalts;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reductions that were proven short of finality and that final state has not caught up with.
 *
 * <p>What was seen once stays until final state reaches the block in which it was last seen, with
 * it or without: whoever shows the chain cannot take a halt back by showing another block. So a
 * block that is reorganised away reduces for as long as finality takes, and no longer. Nothing here
 * moves an anchor.
 *
 * <p>One thread.
 */
final class EarlyReductions {
    /** A halt and where it was last seen. */
    private record Sighting(Halt halt, long block, Instant time) {}

    private final Map<PolicyName, Sighting> halts = new TreeMap<>();
    private OptionalLong revokedAt = OptionalLong.empty();

    /** Takes note of the halts of one reading; a lift is none. */
    void note(EarlyReading reading) {
        reading.halts()
                .forEach(
                        (name, halt) ->
                                halts.merge(
                                        name,
                                        new Sighting(halt, reading.block(), reading.time()),
                                        EarlyReductions::newer));
    }

    /** Takes note that the gateway's own measurement is revoked at that block. */
    void noteRevoked(long block) {
        revokedAt = OptionalLong.of(Math.max(block, revokedAt.orElse(block)));
    }

    /** Drops what final state has caught up with. */
    void overtakenBy(PolicyPoint point) {
        halts.values().removeIf(sighting -> sighting.block() <= point.block());
        if (revokedAt.isPresent() && revokedAt.getAsLong() <= point.block()) {
            revokedAt = OptionalLong.empty();
        }
    }

    boolean revoked() {
        return revokedAt.isPresent();
    }

    EarlyHalts halts() {
        Map<PolicyName, Halt> byName = new TreeMap<>();
        Instant time = EarlyHalts.NONE.time();
        for (Map.Entry<PolicyName, Sighting> entry : halts.entrySet()) {
            byName.put(entry.getKey(), entry.getValue().halt());
            time = later(time, entry.getValue().time());
        }
        return new EarlyHalts(byName, time);
    }

    /** The newer halt; of one halt the later sighting, without a lift that may never be final. */
    private static Sighting newer(Sighting before, Sighting now) {
        if (before.halt().number() != now.halt().number()) {
            return before.halt().number() > now.halt().number() ? before : now;
        }
        Halt kept = before.halt().lifted().isEmpty() ? before.halt() : now.halt();
        return new Sighting(
                kept, Math.max(before.block(), now.block()), later(before.time(), now.time()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
