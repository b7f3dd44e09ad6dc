package io.attestgate.certificate.renewal;

import io.attestgate.wire.Hash32;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * How one name stands, for {@code /status} and metrics. Nothing in it is secret.
 *
 * @param name as the policy spells it
 * @param phase in one word
 * @param certificate what is served
 * @param notUsed why the certificate that we have is not served, if there is one
 * @param nextKey SPKI of the attested key of the next certificate
 * @param lastFailure since the last success
 * @param nextAttempt when the keeper looks again; empty if it never will
 */
public record NameStatus(
        String name,
        Phase phase,
        Optional<Served> certificate,
        Optional<String> notUsed,
        Optional<Hash32> nextKey,
        Optional<Failure> lastFailure,
        Optional<Instant> nextAttempt) {

    /** Where a name stands. */
    public enum Phase {
        /** Its state is being read, its key made or attested. */
        PREPARING,
        /** An order runs, and nothing is served yet. */
        ORDERING,
        /** Served, nothing else to do. */
        SERVING,
        /** Served, while the next certificate is ordered. */
        RENEWING,
        /** Not served, and no order runs; the last failure says why. */
        FAILING,
        /** Never served, by its own terms. */
        REFUSED
    }

    /** A certificate in use. */
    public record Served(
            Hash32 spki, URI authority, Instant notBefore, Instant notAfter, Instant renewAt) {}

    /**
     * @param type the ACME problem type, or our own word where the fault is not the authority's
     * @param detail the authority's own words, cut
     */
    public record Failure(
            Instant at, Optional<URI> authority, String type, String detail, int inARow) {}
}
