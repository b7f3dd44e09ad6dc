package io.attestgate.verify;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.EvidenceRequirement;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Hash32;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds the legs that stand against how many vendors the reader wants.
 *
 * <p>Two kinds that share a holder of a root count once, since one party's fall takes both. A kind
 * counts where every leg of it stands. One whose key the reader pinned himself ends in no vendor's
 * root and does not count. A GPU never does: it answers whatever code asks it, and says nothing of
 * that code, so that no forger would lack its word.
 */
record RequirementCheck(EvidenceRequirement requirement) {

    Optional<Refusal> refusal(List<Leg> legs) {
        List<Set<String>> vendors =
                requirement.require().stream()
                        .map(kind -> vendors(kind, legs))
                        .filter(holders -> !holders.isEmpty())
                        .toList();
        int independent = independent(vendors, Set.of());
        return independent >= requirement.atLeast()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.REQUIREMENT,
                                "%d independent of %s".formatted(independent, words(legs)),
                                "at least %d of %s, no two from one vendor"
                                        .formatted(requirement.atLeast(), kinds()),
                                "docs/root-of-trust.md, evidence of several vendors"));
    }

    /** Who vouches for a kind; nobody if it does not count. */
    private static Set<String> vendors(EvidenceRequirement.Kind kind, List<Leg> legs) {
        Set<String> vendors = new HashSet<>();
        for (Leg leg : legs) {
            if (leg.kind().equals(kind.name())) {
                if (!(leg instanceof Leg.Held held)
                        || Members.isGpu(held.member())
                        || !endsIn(kind.roots(), held)) {
                    return Set.of();
                }
                vendors.addAll(held.vendors());
            }
        }
        return vendors;
    }

    private static boolean endsIn(Set<Hash32> accepted, Leg.Held leg) {
        return !leg.roots().isEmpty()
                && leg.roots().stream().map(RootOfTrust::sha256).allMatch(accepted::contains);
    }

    /** The most kinds of which no two have a vendor in common; there are at most a few. */
    private static int independent(List<Set<String>> kinds, Set<String> taken) {
        if (kinds.isEmpty()) {
            return 0;
        }
        Set<String> first = kinds.getFirst();
        List<Set<String>> rest = kinds.subList(1, kinds.size());
        int without = independent(rest, taken);
        if (!Collections.disjoint(first, taken)) {
            return without;
        }
        Set<String> all = new HashSet<>(taken);
        all.addAll(first);
        return Math.max(without, 1 + independent(rest, all));
    }

    private static String words(List<Leg> legs) {
        return legs.stream()
                .map(
                        leg ->
                                switch (leg) {
                                    case Leg.Held held ->
                                            held.member()
                                                    + ": "
                                                    + held.kind()
                                                    + " by "
                                                    + names(held);
                                    case Leg.Failed failed ->
                                            failed.member() + ": " + failed.refusal();
                                })
                .collect(Collectors.joining("; "));
    }

    private static String names(Leg.Held leg) {
        return leg.roots().isEmpty()
                ? "a key that the reader pinned"
                : leg.roots().stream().map(RootOfTrust::name).collect(Collectors.joining(", "));
    }

    private List<String> kinds() {
        return requirement.require().stream().map(EvidenceRequirement.Kind::name).toList();
    }
}
