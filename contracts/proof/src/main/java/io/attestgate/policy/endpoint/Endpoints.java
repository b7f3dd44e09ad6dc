package io.attestgate.policy.endpoint;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.PolicyReadException.Fault;
import io.attestgate.policy.endpoint.EndpointStatus.State;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.policy.rpc.Question;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The endpoints of one chain: a question goes to one after the other until one answers well.
 *
 * <p>Who answered last well is asked first. Who failed rests and is asked after the others; who
 * lied is not asked while its quarantine lasts, under another URL of the same TLS key neither. For
 * any thread.
 */
public final class Endpoints implements ProofEndpoints {
    /** More names than anybody watches, and bounded work for each round of them. */
    public static final int ENDPOINTS_MAX = 16;

    private final List<Endpoint> endpoints;

    /**
     * @param endpoints at least one, at most {@link #ENDPOINTS_MAX}; closed with this
     */
    public Endpoints(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty() || endpoints.size() > ENDPOINTS_MAX) {
            throw new IllegalArgumentException(
                    "endpoints: %d (expected: 1 to %d)".formatted(endpoints.size(), ENDPOINTS_MAX));
        }
    }

    @Override
    public <T> T ask(Question<T> question) throws PolicyReadException {
        List<PolicyReadException> failures = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (Endpoint endpoint : askable()) {
            if (isSetAside(endpoint.status())) {
                continue; // Another URL of its key has lied to this very question.
            }
            try {
                return endpoint.ask(question);
            } catch (PolicyReadException e) {
                if (!Consequence.mayBeCuredElsewhere(e.failure())) {
                    throw e;
                }
                failures.add(e);
                said.add(endpoint.name() + ": " + e.getMessage());
            }
        }
        throw failed(failures, said);
    }

    /** Who may be asked, the best first: those that answer, then untried, then resting ones. */
    public List<Endpoint> askable() {
        return endpoints.stream()
                .map(endpoint -> new Standing(endpoint, endpoint.status()))
                .filter(standing -> !isSetAside(standing.status()))
                .sorted(Comparator.comparingInt(standing -> rank(standing.status().state())))
                .map(Standing::endpoint)
                .toList();
    }

    /** An endpoint as it stood when it was looked at. */
    private record Standing(Endpoint endpoint, EndpointStatus status) {}

    /** Whether an endpoint of this TLS key is in quarantine. */
    public boolean isQuarantined(Hash32 key) {
        return endpoints.stream()
                .map(Endpoint::status)
                .anyMatch(
                        s ->
                                s.state() == State.QUARANTINED
                                        && s.key().stream().anyMatch(key::equals));
    }

    /** Refuses what an endpoint said, and so every endpoint of that TLS key. */
    public void refuse(Hash32 key, PolicyReadException cause) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.status().key().stream().anyMatch(key::equals)) {
                endpoint.refuse(cause);
            }
        }
    }

    /** How each stands, in the order of the bootstrap file. */
    public List<EndpointStatus> status() {
        return endpoints.stream().map(Endpoint::status).toList();
    }

    /** How many there are, set aside or not. */
    public int size() {
        return endpoints.size();
    }

    /** Why nobody may be asked. */
    public PolicyReadException allSetAside() {
        String why =
                status().stream()
                        .map(
                                s ->
                                        s.name()
                                                + " for "
                                                + s.lastRefusal()
                                                        .map(r -> r.name().name())
                                                        .orElse("its key"))
                        .collect(Collectors.joining(", "));
        return new PolicyReadException(
                Failure.QUARANTINED,
                "endpoints: all set aside: %s (expected: one that may be asked)".formatted(why));
    }

    @Override
    public void close() {
        endpoints.forEach(Endpoint::close);
    }

    private boolean isSetAside(EndpointStatus status) {
        return status.state() == State.QUARANTINED
                || status.key().filter(this::isQuarantined).isPresent();
    }

    private static int rank(State state) {
        return switch (state) {
            case ANSWERING -> 0;
            case UNTRIED -> 1;
            case RESTING -> 2;
            case QUARANTINED -> 3;
        };
    }

    /**
     * By the name of what was wrong with an answer, if there was one: it says more than silence.
     */
    private PolicyReadException failed(List<PolicyReadException> failures, List<String> said) {
        if (failures.isEmpty()) {
            return allSetAside();
        }
        PolicyReadException gravest =
                failures.stream()
                        .filter(e -> e.failure().fault() != Fault.TRANSPORT)
                        .findFirst()
                        .orElse(failures.getFirst());
        return failures.size() == 1
                ? gravest
                : new PolicyReadException(gravest.failure(), String.join("; ", said), gravest);
    }
}
