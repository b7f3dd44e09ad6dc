package io.attestgate.verify.evidence;

import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader accepts of a platform. Every field is trust, so none has a default, and every state
 * and advisory that passes has an instant at which it no longer does.
 *
 * @param roots SHA-256 of the root certificates (DER) that evidence may end in
 * @param tcbStates the states that pass, each until its instant
 * @param advisories the vendor's advisories that pass, each until its instant
 * @param debug whether a platform that somebody can look into passes; never, outside tests
 * @param parts what passes of kinds that have more to say, at most one of each class; a kind that
 *     needs one and finds none passes nothing
 */
public record AppraisalPolicy(
        Set<Hash32> roots,
        Map<TcbState, Instant> tcbStates,
        Map<String, Instant> advisories,
        Debug debug,
        Set<PolicyPart> parts) {

    /** Whether debug evidence passes. */
    public enum Debug {
        REFUSED,
        ACCEPTED
    }

    /** What {@link #strict} holds for: vendors' collateral speaks for a month. */
    private static final Duration STRICT_HOLDS = Duration.ofDays(30);

    public AppraisalPolicy {
        roots = Set.copyOf(roots);
        tcbStates = Map.copyOf(tcbStates);
        advisories = Map.copyOf(advisories);
        parts = Set.copyOf(parts);
        if (parts.stream().map(Object::getClass).distinct().count() < parts.size()) {
            throw new IllegalArgumentException("parts: two of a class (expected: one)");
        }
    }

    /** A policy without any kind's own part. */
    public AppraisalPolicy(
            Set<Hash32> roots,
            Map<TcbState, Instant> tcbStates,
            Map<String, Instant> advisories,
            Debug debug) {
        this(roots, tcbStates, advisories, debug, Set.of());
    }

    /** This policy, with that kind's part in place of any that it had of the same kind. */
    public AppraisalPolicy with(PolicyPart part) {
        Set<PolicyPart> all = new HashSet<>(parts);
        all.removeIf(one -> one.getClass().equals(part.getClass()));
        all.add(part);
        return new AppraisalPolicy(roots, tcbStates, advisories, debug, all);
    }

    /** That kind's part; empty if the reader said nothing about the kind. */
    public <P extends PolicyPart> Optional<P> part(Class<P> type) {
        return parts.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The least that anybody must accept: up to date, no advisory, no debug; for 30 days. */
    public static AppraisalPolicy strict(Set<Hash32> roots, Instant now) {
        return new AppraisalPolicy(
                roots,
                Map.of(TcbState.UP_TO_DATE, now.plus(STRICT_HOLDS)),
                Map.of(),
                Debug.REFUSED);
    }

    /** The instant until which that state passes; empty if it does not pass at {@code now}. */
    public Optional<Instant> until(TcbState state, Instant now) {
        return Optional.ofNullable(tcbStates.get(state)).filter(now::isBefore);
    }

    /** The instant until which that advisory passes; empty if it does not pass at {@code now}. */
    public Optional<Instant> until(String advisory, Instant now) {
        return Optional.ofNullable(advisories.get(advisory)).filter(now::isBefore);
    }

    /** Since when that state does not pass, to follow it in a refusal; nothing if it never did. */
    public String lapse(TcbState state) {
        return lapse(Optional.ofNullable(tcbStates.get(state)));
    }

    /** Since when that advisory does not pass, as with a state. */
    public String lapse(String advisory) {
        return lapse(Optional.ofNullable(advisories.get(advisory)));
    }

    private static String lapse(Optional<Instant> until) {
        return until.map(instant -> ", accepted until " + instant).orElse("");
    }
}
