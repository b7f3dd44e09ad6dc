package io.attestgate.verify.evidence;

import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads the member {@code evidence} of a policy, in the form of policy documents: {@code
 * {"require": [{"kind", "roots"}], "atLeast"}} (docs/root-of-trust.md).
 */
public final class EvidenceRequirementReader implements PolicyPartReader {
    /** Its name in a policy. */
    public static final String MEMBER = "evidence";

    private final SortedSet<String> counted;
    private final Map<String, Hash32> namedRoots;

    /**
     * @param counted the kinds that count: those that say which code asked for them
     * @param namedRoots roots that a policy may call by name
     */
    public EvidenceRequirementReader(Set<String> counted, Map<String, Hash32> namedRoots) {
        this.counted = Collections.unmodifiableSortedSet(new TreeSet<>(counted));
        this.namedRoots = Map.copyOf(namedRoots);
    }

    @Override
    public EvidenceRequirement read(PolicyField part) throws MalformedException {
        PolicyField members = part.exactly(Set.of("require", "atLeast"));
        PolicyField require = members.member("require");
        List<EvidenceRequirement.Kind> kinds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PolicyField element : require.elements()) {
            EvidenceRequirement.Kind kind = kind(element);
            if (!names.add(kind.name())) {
                throw element.malformed("each kind once");
            }
            kinds.add(kind);
        }
        if (kinds.isEmpty() || kinds.size() > EvidenceRequirement.KINDS_MAX) {
            throw require.malformed("1 to %d kinds".formatted(EvidenceRequirement.KINDS_MAX));
        }
        long atLeast = members.member("atLeast").integer(1, kinds.size());
        return new EvidenceRequirement(kinds, (int) atLeast);
    }

    private EvidenceRequirement.Kind kind(PolicyField field) throws MalformedException {
        PolicyField members = field.exactly(Set.of("kind", "roots"));
        Set<Hash32> roots = new HashSet<>();
        for (PolicyField root : members.member("roots").elements()) {
            roots.add(root.hash(namedRoots));
        }
        if (roots.isEmpty()) {
            throw members.member("roots").malformed("at least one root");
        }
        PolicyField kind = members.member("kind");
        if (!counted.contains(kind.text())) {
            throw kind.malformed("one of %s, which measure code".formatted(counted));
        }
        return new EvidenceRequirement.Kind(kind.text(), roots);
    }
}
