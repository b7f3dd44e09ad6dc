package io.attestgate.collateral.http;

import java.time.Duration;
import java.time.Instant;

/** What is known of a question: its answer, or that there was none. */
sealed interface Entry {

    /** When it is forgotten. */
    Instant endsAt();

    /**
     * An answer.
     *
     * @param dueAt from then on a newer one is asked for; until that is there, this one serves
     */
    record Kept(Answer answer, Instant dueAt) implements Entry {
        /**
         * Vendors renew documents daily, and nothing kept longer than this is called fresh: whoever
         * slipped us an older document is rid of by then.
         */
        static final Duration FRESH = Duration.ofDays(1);

        /** Due a day after it came, or once three quarters of what was left to it have passed. */
        static Kept at(Instant now, Answer answer) {
            Duration early = Duration.between(now, answer.until()).multipliedBy(3).dividedBy(4);
            return new Kept(answer, now.plus(early.compareTo(FRESH) < 0 ? early : FRESH));
        }

        @Override
        public Instant endsAt() {
            return answer.until();
        }

        boolean isDue(Instant now) {
            return !now.isBefore(dueAt);
        }

        /**
         * What is kept once a newer was asked for: that, though it should end earlier; what ends in
         * a hundred years may be nobody's. After a failure this one is kept, and after an older
         * one, too: what the vendor said last is not unsaid by what he said before.
         */
        Entry renewed(Entry newest) {
            return switch (newest) {
                case Kept kept ->
                        kept.answer.issued().isBefore(answer.issued())
                                ? new Kept(answer, kept.dueAt)
                                : kept;
                case Failed failed -> new Kept(answer, failed.endsAt());
            };
        }
    }

    /** A failure; until it is forgotten the question is not sent again. */
    record Failed(FetchException failure, Instant endsAt) implements Entry {
        static final Duration KEPT = Duration.ofMinutes(1);
        static final Duration KEPT_MAX = Duration.ofMinutes(10);

        /**
         * For a minute, or as long as the service asked, at most ten; not at all where it was not
         * asked.
         */
        static Failed at(Instant now, FetchException failure) {
            if (failure.kind() == FetchException.Kind.BUSY) {
                return new Failed(failure, now);
            }
            Duration asked = failure.retryAfter().orElse(KEPT);
            return new Failed(failure, now.plus(asked.compareTo(KEPT_MAX) > 0 ? KEPT_MAX : asked));
        }
    }
}
