package io.attestgate.policy.diff;

/** Which way a change goes. */
public enum Direction {
    /** More is trusted, allowed, kept or told than before. */
    WIDENS,
    /** Less. */
    NARROWS,
    /** Neither: something else, or in another order. */
    CHANGES
}
