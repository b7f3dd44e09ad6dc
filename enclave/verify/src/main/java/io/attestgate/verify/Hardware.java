package io.attestgate.verify;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.wire.Parsed;
import java.util.Map;
import java.util.Optional;

/**
 * What a reader brings to judge hardware by.
 *
 * @param collateral what vendors publish, for every member that has none of its own
 * @param own what was fetched for one member, by its name, or why it was not
 * @param policy the roots, states and advisories that pass
 */
public record Hardware(Bundle collateral, Map<String, Parsed<Bundle>> own, AppraisalPolicy policy) {
    public Hardware {
        own = Map.copyOf(own);
    }

    /** The same collateral for every kind that may come. */
    public Hardware(Bundle collateral, AppraisalPolicy policy) {
        this(collateral, Map.of(), policy);
    }

    /** What that member is judged by. */
    Parsed<Bundle> of(String member) {
        return own.getOrDefault(member, Parsed.good(collateral));
    }

    /** How many files there are; one that several members share counts for each. */
    public int files() {
        return collateral.files().size()
                + own.values().stream()
                        .map(Parsed::toOptional)
                        .flatMap(Optional::stream)
                        .mapToInt(bundle -> bundle.files().size())
                        .sum();
    }
}
