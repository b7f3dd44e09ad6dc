package io.attestgate.policy.read;

import io.attestgate.policy.document.PolicyName;
import java.time.Instant;
import java.util.Map;

/**
 * What a block short of finality has of reductions; nothing else of it is read.
 *
 * @param block its number
 * @param time its timestamp
 * @param halts the newest halt of every name that has one
 * @param named the contracts that the final policy names, at this block
 */
public record EarlyReading(
        long block, Instant time, Map<PolicyName, Halt> halts, NamedState named) {
    public EarlyReading {
        halts = Map.copyOf(halts);
    }
}
