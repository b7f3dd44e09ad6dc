package io.attestgate.verify.kind;

import io.attestgate.verify.evidence.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What a vendor's early documents say about a platform that passes by its standard ones. */
public sealed interface Outlook {

    /** It passes by both. */
    record Stays() implements Outlook {}

    /**
     * By the early ones it does not: once the standard ones have caught up, it is refused.
     *
     * @param refusal what will be said then
     * @param standard the evaluation that it is judged by now
     * @param early the one that it will be judged by
     * @param expected when that is to be expected, as the vendor announces; empty if it does not
     */
    record Demotion(
            Refusal refusal, OptionalInt standard, OptionalInt early, Optional<Instant> expected)
            implements Outlook {}

    /** The early documents are not to be had, or hold nothing to judge by. */
    record Unclear(String reason) implements Outlook {}
}
