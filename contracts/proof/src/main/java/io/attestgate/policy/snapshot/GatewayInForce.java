package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.Staleness;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What stands above every name: the gateway's own document, or why there is none. */
sealed interface GatewayInForce {

    /** The newest document is good. */
    record Good(GatewayDocument value, Hash32 hash) implements GatewayInForce {}

    /** The newest is bad; the last good one counts before {@code until}. */
    record LastGood(GatewayDocument value, Hash32 hash, Instant until, List<Fault> faults)
            implements GatewayInForce {}

    /** There is none to serve by. */
    record None(List<Fault> faults) implements GatewayInForce {}

    /** The document that counts. */
    default Optional<GatewayDocument> document() {
        return switch (this) {
            case Good good -> Optional.of(good.value());
            case LastGood last -> Optional.of(last.value());
            case None none -> Optional.empty();
        };
    }

    /** What is wrong with the newest. */
    default List<Fault> faults() {
        return switch (this) {
            case Good good -> List.of();
            case LastGood last -> last.faults();
            case None none -> none.faults();
        };
    }

    default Staleness staleness() {
        return document().map(GatewayDocument::staleness).orElse(Staleness.USUAL);
    }
}
