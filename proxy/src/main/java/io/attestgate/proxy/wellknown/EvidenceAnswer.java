package io.attestgate.proxy.wellknown;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.attestgate.proxy.respond.LocalAnswer;
import io.attestgate.proxy.respond.LocalRequest;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers a client's nonce with evidence for the key of its own connection.
 *
 * <p>An answer is kept for a short while by host, key and nonce, so that whoever repeats a question
 * costs no second report. The nonce is what makes it fresh, so it is never given for another one.
 */
final class EvidenceAnswer {
    /** Longer than a client's own repeat after a lost answer, much shorter than claims live. */
    static final Duration KEPT_FOR = Duration.ofSeconds(10);

    /** Of about 3 KiB each. */
    static final int KEPT_MAX = 2048;

    private static final LocalAnswer NOT_SERVED =
            JsonAnswer.refusal(
                    503, new Fault("policy", "none in force", "one that serves the host"));

    private static final LocalAnswer NOT_NOW =
            JsonAnswer.withField(
                    JsonAnswer.refusal(
                            503, new Fault("platform", "no evidence now", "to try again")),
                    "retry-after",
                    "1");

    private final WellKnownParts parts;
    private final EndpointStatement statement;
    private final Cache<Question, CompletableFuture<LocalAnswer>> kept;

    private record Question(Hostname host, Hash32 spki, Hash32 nonce) {}

    EvidenceAnswer(WellKnownParts parts, LongSupplier nanos) {
        this.parts = parts;
        this.statement = new EndpointStatement(parts);
        this.kept =
                Caffeine.newBuilder()
                        .maximumSize(KEPT_MAX)
                        .expireAfterWrite(KEPT_FOR)
                        .ticker(nanos::getAsLong)
                        .executor(Runnable::run)
                        .build();
    }

    CompletionStage<LocalAnswer> answer(LocalRequest request) {
        return switch (EvidenceQuery.parse(request.query().orElse(""))) {
            case Parsed.Bad<EvidenceQuery> bad ->
                    done(JsonAnswer.refusal(400, bad.faults().getFirst()));
            case Parsed.Good<EvidenceQuery> good -> answer(request, good.value());
        };
    }

    private CompletionStage<LocalAnswer> answer(LocalRequest request, EvidenceQuery query) {
        if (query.binding() == EvidenceQuery.Binding.EXPORTER) {
            return done(
                    JsonAnswer.refusal(
                            404, Fault.quoted("binding", "exporter", "one that is offered: none")));
        }
        Question question =
                new Question(request.host(), request.connection().spkiSha256(), query.nonce());
        return Optional.ofNullable(kept.getIfPresent(question)).orElseGet(() -> attested(question));
    }

    /** Two who ask the same at the same instant may both be attested; either answer is good. */
    private CompletableFuture<LocalAnswer> attested(Question question) {
        Optional<Enforced> enforced =
                parts.policy()
                        .get()
                        .flatMap(
                                snapshot ->
                                        Enforced.of(
                                                snapshot,
                                                question.host(),
                                                parts.clock().instant()));
        if (enforced.isEmpty()) {
            return CompletableFuture.completedFuture(NOT_SERVED);
        }
        byte[] claims =
                statement
                        .claims(question.nonce(), question.host(), question.spki(), enforced.get())
                        .toBytes();
        CompletableFuture<LocalAnswer> answer =
                parts.attestation()
                        .attest(claims)
                        .handle(EvidenceAnswer::answer)
                        .toCompletableFuture();
        kept.put(question, answer);
        return answer.thenApply(done -> kept(question, done));
    }

    /** A failure is told to whoever waits for it, and to nobody after them. */
    private LocalAnswer kept(Question question, LocalAnswer answer) {
        if (answer.status() != 200) {
            kept.invalidate(question);
        }
        return answer;
    }

    private static LocalAnswer answer(
            @Nullable EvidenceEnvelope envelope, @Nullable Throwable failure) {
        return envelope != null ? JsonAnswer.of(200, envelope.toBytes()) : NOT_NOW;
    }

    private static CompletionStage<LocalAnswer> done(LocalAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
