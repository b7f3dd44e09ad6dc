package io.attestgate.verify.evidence;

/** What a policy makes of a revocation list, or an answer about revocation, that is not there. */
public enum Revocation {
    /** Nothing passes without one. */
    REQUIRED,
    /** One that is there counts; one that is not proves nothing, and the reader said so. */
    IF_PRESENT
}
