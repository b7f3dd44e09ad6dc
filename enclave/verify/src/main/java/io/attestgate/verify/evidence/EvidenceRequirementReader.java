package io.attestgate.verify.evidence;

import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the member {@code evidence} of a policy, in the form of policy documents: {@code
 * {"require": [{"kind", "roots"}], "atLeast"}} (docs/root-of-trust.md).
 */
public final class EvidenceRequirementReader implements PolicyPartReader {
    /** Its name in a policy. */
    public static final String MEMBER = "evidence";

    private final Map<String, Hash32> namedRoots;

    /**
     * @param namedRoots roots that a policy may call by name
     */
    public EvidenceRequirementReader(Map<String, Hash32> namedRoots) {
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
        return new EvidenceRequirement.Kind(members.member("kind").text(), roots);
    }
}
