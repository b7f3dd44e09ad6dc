package io.attestgate.verify.kind;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyPartReader;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One kind of evidence: how it is recognised, shown and judged. Each has a package of its own. No
 * method throws for what bytes hold; none needs network, clock or state. Any thread.
 */
public interface EvidenceKind {

    /** Its name, such as {@code dcap}. */
    String name();

    /** The last parts of media types that its evidence travels under, each a platform or device. */
    default Set<String> mediaTypes() {
        return Set.of(name());
    }

    /** What it is, in a phrase for people. */
    String title();

    /** Whether bytes begin as this kind does; that they are sound is not said. */
    boolean isLike(byte[] evidence);

    /** Everything that it says, believed in nothing. */
    Parsed<Json.Obj> inspect(byte[] evidence);

    /** The vendor's roots, as policies call them. */
    Map<String, Hash32> namedRoots();

    /** Readers of this kind's own part of a policy, by the name of its member; most have one. */
    default Map<String, PolicyPartReader> policyParts() {
        return Map.of();
    }

    /** How many bytes of report data all of its evidence has; empty if they may be any. */
    default OptionalInt reportDataBytes() {
        return OptionalInt.empty();
    }

    /** What of that collateral this kind reads; nothing, for a kind that needs none. */
    default Parsed<List<Holding>> holdings(Bundle collateral) {
        return Parsed.good(List.of());
    }

    /**
     * Judges it.
     *
     * @param reportData what it must carry; empty if the caller looks at that himself
     */
    Appraisal verify(
            byte[] evidence,
            Bundle collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now);
}
