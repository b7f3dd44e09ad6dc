package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.Staleness;
import io.attestgate.wire.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What stands above every name: the gateway's own document, or why there is none. */
sealed interface GatewayInForce {

    /** The newest document is good. */
    record Good(Hashed<GatewayDocument> value) implements GatewayInForce {
        @Override
        public List<Fault> faults() {
            return List.of();
        }
    }

    /** The newest is bad; the last good one counts before {@code end}. */
    record LastGood(Hashed<GatewayDocument> value, Instant end, List<Fault> faults)
            implements GatewayInForce {}

    /** There is none to serve by. */
    record None(List<Fault> faults) implements GatewayInForce {}

    /** The document that counts. */
    default Optional<Hashed<GatewayDocument>> document() {
        return switch (this) {
            case Good good -> Optional.of(good.value());
            case LastGood last -> Optional.of(last.value());
            case None none -> Optional.empty();
        };
    }

    /** When it ends, if the newest is bad. */
    default Optional<Instant> until() {
        return this instanceof LastGood last ? Optional.of(last.end()) : Optional.empty();
    }

    /** What is wrong with the newest, or with serving by it. */
    List<Fault> faults();

    default Staleness staleness() {
        return document().map(hashed -> hashed.document().staleness()).orElse(Staleness.USUAL);
    }
}
