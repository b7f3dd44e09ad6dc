package io.attestgate.bench;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.TcbState;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Evidence of one kind with collateral, policy and instant under which it is trusted: what a reader
 * keeps who is asked about the same platform again and again. A kind has a class of its own here,
 * and its place in {@link #of}.
 *
 * <p>Where the real vectors are, evidence is real; else a root of our own made it in the same form.
 */
@FunctionalInterface
interface Kept {
    /** Later than any policy here is asked at. */
    Instant END = Instant.parse("2099-01-01T00:00:00Z");

    /** Judges it; parses it, as a reader must. */
    Appraisal verify();

    /** Of that kind. */
    static Kept of(String kind) {
        return trusted(
                switch (kind) {
                    case "dcap" -> KeptQuote.make();
                    case "snp" -> KeptReport.make();
                    case "nitro" -> KeptDocument.make();
                    case "tpm" -> KeptTpmQuote.make();
                    case "nvidia" -> KeptGpu.make();
                    default -> throw new IllegalArgumentException("kind: " + kind);
                });
    }

    /** Fails now, rather than measure how fast a refusal is. */
    private static Kept trusted(Kept kept) {
        Appraisal appraisal = kept.verify();
        if (appraisal instanceof Appraisal.Trusted) {
            return kept;
        }
        throw new IllegalStateException("refused: " + appraisal);
    }

    /** Whether real evidence is there; says which it is, since figures of both may differ. */
    static boolean isReal(String name) {
        boolean real = Files.isRegularFile(RealVectors.path(name));
        System.out.println(real ? "evidence: " + name : "evidence: made for this run");
        return real;
    }

    /** Every state but revoked, until the end. */
    static Map<TcbState, Instant> everyState() {
        return Arrays.stream(TcbState.values())
                .filter(state -> state != TcbState.REVOKED)
                .collect(Collectors.toMap(Function.identity(), state -> END));
    }
}
