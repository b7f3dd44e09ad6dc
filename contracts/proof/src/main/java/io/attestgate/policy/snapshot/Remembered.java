package io.attestgate.policy.snapshot;

import io.attestgate.policy.read.StoredDocument;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is kept of one name from snapshot to snapshot: its newest document as read, and the last
 * good one with how long that still counts.
 *
 * @param <D> whose document
 * @param newest the hash of the newest
 * @param parsed the newest as read
 * @param good the newest that was good, within its gateway too
 * @param until when the last good one ends; empty while the newest is good
 */
record Remembered<D>(
        Hash32 newest, Parsed<D> parsed, Optional<Hashed<D>> good, Optional<Instant> until) {

    /** Takes in the document that stands in the slot now; one that is known is not read again. */
    static <D> Remembered<D> next(
            Optional<Remembered<D>> before,
            StoredDocument stored,
            Function<byte[], Parsed<D>> parser) {
        Optional<Remembered<D>> known =
                before.filter(remembered -> remembered.newest.equals(stored.hash()));
        return new Remembered<>(
                stored.hash(),
                known.isPresent() ? known.get().parsed : parser.apply(stored.bytes()),
                before.flatMap(Remembered::good),
                before.flatMap(Remembered::until));
    }

    /** The newest, if it is good by itself. */
    Optional<Hashed<D>> candidate() {
        return parsed.toOptional().map(document -> new Hashed<>(document, newest));
    }

    /** The newest turned out good. */
    Remembered<D> withGood() {
        return new Remembered<>(newest, parsed, candidate(), Optional.empty());
    }

    /** The newest turned out bad, proven at {@code blockTime}; the first such time counts. */
    Remembered<D> withBad(Instant blockTime, Duration bound) {
        return new Remembered<>(
                newest, parsed, good, until.or(() -> Optional.of(blockTime.plus(bound))));
    }

    /** The last good document, while it still counts. */
    Optional<Hashed<D>> lastGood(Instant blockTime) {
        return good.filter(any -> until.map(blockTime::isBefore).orElse(true));
    }
}
