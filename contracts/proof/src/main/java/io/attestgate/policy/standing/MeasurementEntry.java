package io.attestgate.policy.standing;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.read.NamedContract;
import io.attestgate.policy.read.NamedState;
import io.attestgate.policy.read.Slots;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Ending.Cause;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;

/**
 * Reads what the registry of measurements says of one measurement, as its {@code isTrusted} does.
 * Absent is never allowed: without a registry, or without an entry in it, it is not trusted.
 *
 * @param measurement whose entry is read
 */
record MeasurementEntry(Hash32 measurement) {
    private static final ContractArtifact REGISTRY = ContractArtifact.load("MeasurementRegistry");
    private static final StorageSlot ENTRIES = REGISTRY.slot("_entries");
    private static final StorageSlot ALLOWED_AT = REGISTRY.member("Entry", "allowedAt");
    private static final StorageSlot VALID_UNTIL = REGISTRY.member("Entry", "validUntil");
    private static final StorageSlot REVOKED_AT = REGISTRY.member("Entry", "revokedAt");

    /** The end of the year 9999. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    /**
     * From when on it is trusted no longer.
     *
     * @throws PolicyReadException if the registry could not be read or believed
     */
    Ending trust(NamedState named) throws PolicyReadException {
        try {
            return named.addressOf(NamedContract.MEASUREMENT_REGISTRY).isEmpty()
                    ? Ending.already(Cause.NO_REGISTRY)
                    : entry(named);
        } catch (PolicyReadException e) {
            if (e.failure() == Failure.WRONG_CODE || e.failure() == Failure.NO_CONTRACT) {
                return Ending.already(Cause.UNKNOWN_REGISTRY);
            }
            throw e;
        }
    }

    private Ending entry(NamedState named) throws PolicyReadException {
        Hash32 first = Slots.under(ENTRIES, measurement);
        List<Hash32> words =
                named.words(
                        NamedContract.MEASUREMENT_REGISTRY,
                        List.of(
                                Slots.plus(first, ALLOWED_AT.number()),
                                Slots.plus(first, VALID_UNTIL.number()),
                                Slots.plus(first, REVOKED_AT.number())));
        if (Words.uint64(words.get(2), REVOKED_AT) != 0) {
            return Ending.already(Cause.MEASUREMENT_REVOKED);
        }
        if (Words.uint64(words.get(0), ALLOWED_AT) == 0) {
            return Ending.already(Cause.MEASUREMENT_UNKNOWN);
        }
        long until = Words.uint64(words.get(1), VALID_UNTIL);
        return new Ending(
                Instant.ofEpochSecond(Math.min(until, SECONDS_MAX)), Cause.MEASUREMENT_EXPIRED);
    }
}
