package io.attestgate.collateral.http;

import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Below which roots an answer must be signed before it is kept, so that nobody between us and a
 * vendor makes us keep what no verifier believes. A part of every question: what was kept without
 * is not given to who asks with.
 *
 * @param roots SHA-256 of certificates; empty where the asker says none, and verifies later
 */
public record Trust(Set<Hash32> roots) {
    /** Of who names no roots. */
    public static final Trust LATER = new Trust(Set.of());

    public Trust {
        roots = Set.copyOf(roots);
    }

    /**
     * Refuses to ask on behalf of evidence that ends in another root: no verifier believes it,
     * whatever is published about it.
     */
    public void require(X509Certificate root) throws FetchException {
        if (!roots.isEmpty() && !roots.contains(Certificates.sha256(root))) {
            throw new FetchException(
                    FetchException.Kind.NOTHING_TO_ASK,
                    "evidence: below %s (expected: one of %s)"
                            .formatted(Certificates.sha256(root), roots));
        }
    }

    /** That answer, if nothing says why it is not signed below these roots, or none are named. */
    public Parsed<Answer> signed(Answer answer, Function<Set<Hash32>, Optional<Refusal>> unsigned) {
        return roots.isEmpty()
                ? Parsed.good(answer)
                : unsigned.apply(roots)
                        .map(
                                refusal ->
                                        Parsed.<Answer>bad(
                                                new Fault(
                                                        "answer",
                                                        refusal.found(),
                                                        refusal.expected())))
                        .orElseGet(() -> Parsed.good(answer));
    }
}
