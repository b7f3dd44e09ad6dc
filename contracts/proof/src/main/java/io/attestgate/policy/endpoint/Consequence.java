package io.attestgate.policy.endpoint;

import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.PolicyReadException.Fault;
import java.util.EnumSet;
import java.util.Set;

/** What becomes of an endpoint by what it did. */
enum Consequence {
    /** Nothing: it is not the endpoint's fault, or what it told is a proven fact. */
    NONE,
    /** It is asked after the others for a while: it may come back, or mend. */
    REST,
    /** It lied, or went back on its word, as a broken node may: asked no more for an hour. */
    QUARANTINE,
    /** It lied as no broken node does: asked no more by this process. */
    QUARANTINE_FOR_GOOD;

    private static final Set<Failure> FOR_GOOD =
            EnumSet.of(Failure.WRONG_CHAIN, Failure.EQUIVOCATION);

    private static final Set<Failure> LIES =
            EnumSet.of(
                    Failure.WRONG_HEADER,
                    Failure.WRONG_PROOF,
                    Failure.WRONG_DOCUMENT,
                    Failure.OLDER_BLOCK);

    static Consequence of(Failure failure) {
        if (FOR_GOOD.contains(failure)) {
            return QUARANTINE_FOR_GOOD;
        }
        if (LIES.contains(failure)) {
            return QUARANTINE;
        }
        return mayBeCuredElsewhere(failure) ? REST : NONE;
    }

    /** Whether another endpoint may do better. */
    static boolean mayBeCuredElsewhere(Failure failure) {
        return failure.fault() == Fault.TRANSPORT || failure.fault() == Fault.ENDPOINT;
    }
}
