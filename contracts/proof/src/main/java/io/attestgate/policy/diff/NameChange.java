package io.attestgate.policy.diff;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.util.List;
import java.util.Optional;

/**
 * What a change does to one name.
 *
 * @param before the hash of its document; empty where it had none
 * @param after likewise
 * @param fields the effective values that differ; where a document comes anew, those that are not
 *     what holds without it
 * @param faultsBefore what gateways refused in its document; then {@code fields} tell what comes
 *     anew
 * @param faults what gateways will refuse in it: they go on with the last good one, for a while
 */
public record NameChange(
        PolicyName name,
        Optional<Hash32> before,
        Optional<Hash32> after,
        List<FieldChange> fields,
        List<Fault> faultsBefore,
        List<Fault> faults) {
    public NameChange {
        fields = List.copyOf(fields);
        faultsBefore = List.copyOf(faultsBefore);
        faults = List.copyOf(faults);
    }

    /** What happens to the name's document. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        /** The document stays; what it stands within does not. */
        AFFECTED
    }

    public Kind kind() {
        if (before.isEmpty()) {
            return Kind.ADDED;
        }
        if (after.isEmpty()) {
            return Kind.REMOVED;
        }
        return before.equals(after) ? Kind.AFFECTED : Kind.CHANGED;
    }

    boolean isNone() {
        return before.equals(after) && fields.isEmpty() && faultsBefore.equals(faults);
    }
}
