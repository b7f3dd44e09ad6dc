package io.attestgate.verify.evidence;

import java.util.Optional;

/** Leaves the descent of a verifier at the first check that fails; never leaves the verifier. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
    }

    public RefusedException(Check check, String found, String expected, String clause) {
        this(new Refusal(check, found, expected, clause));
    }

    /** Throws if there is a refusal. */
    public static void ifPresent(Optional<Refusal> refusal) throws RefusedException {
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    /** Throws unless that holds. */
    public static void unless(
            boolean holds, Check check, String found, String expected, String clause)
            throws RefusedException {
        if (!holds) {
            throw new RefusedException(check, found, expected, clause);
        }
    }

    public Refusal refusal() {
        return refusal;
    }
}
