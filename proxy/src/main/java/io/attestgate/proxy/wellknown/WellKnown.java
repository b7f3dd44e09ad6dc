package io.attestgate.proxy.wellknown;

import io.attestgate.proxy.respond.LocalAnswer;
import io.attestgate.proxy.respond.LocalAnswers;
import io.attestgate.proxy.respond.LocalRequest;
import io.attestgate.wire.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Answers everything below {@code /.well-known/attestgate/}, at a pace.
 *
 * <p>For any number of event loops. Evidence is made on the attestor's executor; all else is made
 * at once, of what is in memory.
 */
public final class WellKnown implements LocalAnswers {
    static final String PREFIX = "/.well-known/attestgate/";

    /** A person who reloads, a page with ten tabs, a small office behind one address. */
    static final Pace PACE_OF_CLIENT = new Pace(20, 60);

    /** Chosen, not measured: what waits beyond the hardware's pace shares a report anyway. */
    static final Pace PACE_OF_ALL = new Pace(500, 1000);

    private final EvidenceAnswer evidence;
    private final PolicyAnswer policy;
    private final KeysAnswer keys;
    private final Paces paces;

    /**
     * @param nanos monotonic, as {@link System#nanoTime}
     * @param seed random, for the places of clients in a table
     */
    public WellKnown(WellKnownParts parts, LongSupplier nanos, long seed) {
        this(parts, new Paces(PACE_OF_CLIENT, PACE_OF_ALL, seed, nanos), nanos);
    }

    WellKnown(WellKnownParts parts, Paces paces, LongSupplier nanos) {
        this.evidence = new EvidenceAnswer(parts, nanos);
        this.policy = new PolicyAnswer(parts);
        this.keys = new KeysAnswer(parts);
        this.paces = paces;
    }

    private interface Answering {
        CompletionStage<LocalAnswer> answer(LocalRequest request);
    }

    @Override
    public Optional<CompletionStage<LocalAnswer>> answer(LocalRequest request) {
        return switch (request.path()) {
            case PREFIX + "evidence" -> Optional.of(paced(request, evidence::answer));
            case PREFIX + "policy" -> Optional.of(paced(request, bare(policy::answer)));
            case PREFIX + "keys" -> Optional.of(paced(request, bare(keys::answer)));
            default -> Optional.empty();
        };
    }

    private CompletionStage<LocalAnswer> paced(LocalRequest request, Answering answering) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return done(
                    JsonAnswer.withField(
                            JsonAnswer.refusal(
                                    405, Fault.quoted("method", request.method(), "GET or HEAD")),
                            "allow",
                            "GET, HEAD"));
        }
        return paces.waitOf(request.client())
                .map(wait -> done(tooMany(wait)))
                .orElseGet(() -> answering.answer(request));
    }

    private static LocalAnswer tooMany(Duration wait) {
        long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
        return JsonAnswer.withField(
                JsonAnswer.refusal(
                        429, new Fault("pace", "more", "to try again in " + seconds + " s")),
                "retry-after",
                Long.toString(seconds));
    }

    /** An answer that takes no query. */
    private static Answering bare(Function<LocalRequest, LocalAnswer> answer) {
        return request ->
                done(
                        request.query()
                                .map(query -> JsonAnswer.refusal(400, noQuery(query)))
                                .orElseGet(() -> answer.apply(request)));
    }

    private static Fault noQuery(String query) {
        return Fault.quoted("query", query, "none");
    }

    private static CompletionStage<LocalAnswer> done(LocalAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
