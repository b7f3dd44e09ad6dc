package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.DomainDocument;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.PolicyName;
import java.util.Map;
import java.util.Optional;

/**
 * What a snapshot keeps for the next one.
 *
 * @param gateway the gateway's documents, if its slot has one
 * @param domains those of every name that has one
 */
record Memory(
        Optional<Remembered<GatewayDocument>> gateway,
        Map<PolicyName, Remembered<DomainDocument>> domains) {
    static final Memory NONE = new Memory(Optional.empty(), Map.of());

    Memory {
        domains = Map.copyOf(domains);
    }

    Optional<Remembered<DomainDocument>> domain(PolicyName name) {
        return Optional.ofNullable(domains.get(name));
    }
}
