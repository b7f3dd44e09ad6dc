package io.attestgate.policy.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * What beats were seen since the start.
 *
 * @param askedSince from when on beats are asked for again and again, by the latest clock: the
 *     start, or the document that began to
 * @param newestDrawnAt when the newest nonce that was seen was drawn, by the latest clock; empty if
 *     none was seen
 */
public record Beats(Instant askedSince, Optional<Instant> newestDrawnAt) {

    /**
     * From when on the age counts: the draw, since that is all that a beat is younger than. A
     * document that begins to ask leaves time for the first.
     */
    public Instant freshFrom() {
        return newestDrawnAt.filter(askedSince::isBefore).orElse(askedSince);
    }
}
