package io.attestgate.policy.read;

import io.attestgate.policy.document.PolicyName;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The whole state of the registry at one block: every name, or it would not be here.
 *
 * @param point where it was read
 * @param names every name ever published, delegated or halted
 * @param dependencies the other contracts that the policy names
 * @param justification why the block is believed to be final, for people
 */
public record PolicyReading(
        PolicyPoint point,
        NavigableMap<PolicyName, NameEntry> names,
        Dependencies dependencies,
        String justification) {
    public PolicyReading {
        names = Collections.unmodifiableNavigableMap(new TreeMap<>(names));
    }

    /** What is read from no chain: a policy that names no other contract, on nobody's word. */
    public static PolicyReading of(PolicyPoint point, Map<PolicyName, NameEntry> names) {
        return new PolicyReading(
                point, new TreeMap<>(names), Dependencies.NONE, "not read from a chain");
    }
}
