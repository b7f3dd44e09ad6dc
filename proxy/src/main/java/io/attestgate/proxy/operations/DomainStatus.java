package io.attestgate.proxy.operations;

import io.attestgate.policy.snapshot.DomainPolicy;
import io.attestgate.policy.snapshot.DomainState;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.wire.Fault;
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

    /** Every name of a policy that was read, in the order of names. */
    public static List<DomainStatus> allOf(Snapshot snapshot) {
        return snapshot.domains().entrySet().stream()
                .map(entry -> of(entry.getKey().value(), entry.getValue()))
                .toList();
    }

    private static DomainStatus of(String name, DomainState state) {
        return switch (state) {
            case DomainState.Live live -> served(name, State.LIVE, live.policy());
            case DomainState.LastGood last ->
                    new DomainStatus(
                            name,
                            State.LAST_GOOD,
                            Optional.of(last.policy().documentHash()),
                            Optional.of(last.policy().gatewayHash()),
                            Optional.of(last.until()),
                            texts(last.faults()));
            case DomainState.Withdrawn _ -> unserved(name, State.WITHDRAWN, Optional.empty());
            case DomainState.Halted halted ->
                    unserved(name, State.HALTED, Optional.of(halted.until()));
            case DomainState.Unusable unusable ->
                    new DomainStatus(
                            name,
                            State.UNUSABLE,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            texts(unusable.faults()));
        };
    }

    private static DomainStatus served(String name, State state, DomainPolicy policy) {
        return new DomainStatus(
                name,
                state,
                Optional.of(policy.documentHash()),
                Optional.of(policy.gatewayHash()),
                Optional.empty(),
                List.of());
    }

    private static DomainStatus unserved(String name, State state, Optional<Instant> until) {
        return new DomainStatus(name, state, Optional.empty(), Optional.empty(), until, List.of());
    }

    private static List<String> texts(List<Fault> faults) {
        return faults.stream().map(Fault::toString).toList();
    }

    /** Whether requests for the name go on to its upstreams. */
    boolean isServed(Instant now) {
        return switch (state) {
            case LIVE -> true;
            case LAST_GOOD -> until.isPresent() && now.isBefore(until.get());
            case WITHDRAWN, HALTED, UNUSABLE -> false;
        };
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
    }
}
