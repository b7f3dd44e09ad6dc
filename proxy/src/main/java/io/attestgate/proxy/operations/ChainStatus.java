package io.attestgate.proxy.operations;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.endpoint.EndpointStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the chain is read.
 *
 * @param trust how a finalised header is justified, as the bootstrap file spells it
 * @param justification why the newest block is believed to be final; empty before the first
 * @param lag at most how long the newest change of the policy took from finality to being obeyed
 * @param disagreements how often endpoints named different blocks of one number
 * @param lastDisagreement who said what, the newest time
 * @param refusals how many readings failed, by what
 * @param endpoints how each stands; none in devnet trust
 * @param beaconFailures what each beacon node failed by when it was asked last; no others
 */
public record ChainStatus(
        String trust,
        Optional<String> justification,
        Optional<Duration> lag,
        long disagreements,
        Optional<String> lastDisagreement,
        Map<PolicyReadException.Failure, Long> refusals,
        List<EndpointStatus> endpoints,
        Map<String, String> beaconFailures) {
    public ChainStatus {
        refusals = Map.copyOf(refusals);
        endpoints = List.copyOf(endpoints);
        beaconFailures = Map.copyOf(beaconFailures);
    }
}
