package io.attestgate.verify.collateral;

import java.io.IOException;

/**
 * Where collateral comes from, if nobody brought it along: a vendor's service or its cache.
 *
 * <p>Implementations bound time and size, keep what they got no longer than its {@code nextUpdate},
 * and judge nothing: what they give is as untrusted as a file. Any thread.
 */
@FunctionalInterface
public interface CollateralSource {

    /** Whether it has anything for evidence of that kind. */
    default boolean serves(String kind) {
        return true;
    }

    /**
     * This, for the pieces of evidence of one verdict: what it is asked for from now on has to be
     * there, all together, in the time that one piece may take. One thread.
     */
    default CollateralSource together() {
        return this;
    }

    /**
     * Fetches what verifying such evidence needs.
     *
     * @param kind of the evidence, as in {@code application/vnd.attestgate.<kind>}
     * @param evidence the report itself, which says whose collateral is needed
     * @throws IOException if it cannot be had now
     */
    Bundle fetch(String kind, byte[] evidence) throws IOException;
}
