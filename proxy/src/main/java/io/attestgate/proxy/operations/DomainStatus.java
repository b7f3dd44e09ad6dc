package io.attestgate.proxy.operations;

import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one name of the policy is.
 *
 * @param name as the contract writes it; a wildcard stands for all its hosts
 * @param document the hash of its document as enforced
 * @param gateway the hash of the gateway's document as enforced with it
 * @param until when the state ends by itself
 * @param faults of its newest document
 */
public record DomainStatus(
        String name,
        State state,
        Optional<Hash32> document,
        Optional<Hash32> gateway,
        Optional<Instant> until,
        List<String> faults) {
    public DomainStatus {
        faults = List.copyOf(faults);
    }

    /** What it is, in the word that status and metrics use. */
    public enum State {
        LIVE("live"),
        LAST_GOOD("last-good"),
        WITHDRAWN("withdrawn"),
        HALTED("halted"),
        UNUSABLE("unusable");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /** Whether requests for the name go on to its upstreams. */
        boolean isServed() {
            return this == LIVE || this == LAST_GOOD;
        }
    }
}
