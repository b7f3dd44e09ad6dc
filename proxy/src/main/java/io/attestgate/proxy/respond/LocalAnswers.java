package io.attestgate.proxy.respond;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What we answer below {@code /.well-known/attestgate/}, where no upstream is ever asked.
 *
 * <p>Called on event loops: the implementation starts the work elsewhere and returns. It bounds how
 * much waits. A stage that fails is answered 500; one that takes longer than ten seconds, 503.
 */
@FunctionalInterface
public interface LocalAnswers {

    /** The answer, now or later, completed on any thread; empty if there is none: 404. */
    Optional<CompletionStage<LocalAnswer>> answer(LocalRequest request);
}
