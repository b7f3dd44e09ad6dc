package io.attestgate.client.verdict;

import static io.attestgate.client.verdict.LegName.MEASUREMENT;

import io.attestgate.client.chain.MeasurementTrust;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the code that runs against the measurements that the reader named and against the registry
 * that the reader's contract names; where there are both, both must allow it.
 *
 * @param named by the reader; empty if it named none
 * @param registry what the contract's registry says; empty if nobody asked or there is none
 * @param at the latest of the reader's clock and its newest block
 * @param registryRestsOn whom the registry's word rests on
 */
public record MeasurementJudge(
        Set<Hash32> named,
        Optional<MeasurementTrust> registry,
        Instant at,
        String registryRestsOn) {

    /** The leg measurement. */
    public Leg judge(Hash32 found) {
        if (!named.isEmpty() && !named.contains(found)) {
            return Leg.fail(
                    MEASUREMENT,
                    "%s (expected: one of %s)".formatted(found, named),
                    "you, who named others");
        }
        if (registry.isPresent()) {
            return judge(found, registry.get());
        }
        return named.isEmpty()
                ? Leg.notChecked(MEASUREMENT, found + ": whatever runs there may say all this")
                : Leg.pass(MEASUREMENT, found.toString(), "you, who named it");
    }

    private Leg judge(Hash32 found, MeasurementTrust trust) {
        if (!trust.isTrusted(at)) {
            return Leg.fail(
                    MEASUREMENT,
                    "%s: %s (expected: one that registry %s trusts)"
                            .formatted(found, state(trust), trust.registry()),
                    registryRestsOn);
        }
        return Leg.pass(
                MEASUREMENT,
                "%s: trusted by registry %s until %s"
                        .formatted(found, trust.registry(), trust.validUntil().orElseThrow()),
                registryRestsOn);
    }

    private static String state(MeasurementTrust trust) {
        if (trust.revokedAt().isPresent()) {
            return "revoked at " + trust.revokedAt().get();
        }
        return trust.validUntil().map(end -> "allowed until " + end).orElse("never allowed");
    }
}
