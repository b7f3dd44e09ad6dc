package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.DomainDocument;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.PolicyDocuments;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.util.List;

/** Tells of a document before it is published what a gateway would make of it. */
public final class PolicyCheck {
    private PolicyCheck() {}

    /**
     * What would be enforced for {@code name}, or every fault of its document.
     *
     * @param domain the document to check
     * @param gateway the document of the gateway that it is to stand within, which is good
     */
    public static Parsed<DomainPolicy> check(PolicyName name, byte[] domain, byte[] gateway) {
        return PolicyDocuments.parseGateway(gateway)
                .then(
                        within ->
                                PolicyDocuments.parseDomain(name, domain)
                                        .then(
                                                document ->
                                                        judged(
                                                                hashed(document, domain),
                                                                hashed(within, gateway))));
    }

    private static <D> Hashed<D> hashed(D document, byte[] bytes) {
        return new Hashed<>(document, StoredDocument.of(bytes).hash());
    }

    private static Parsed<DomainPolicy> judged(
            Hashed<DomainDocument> domain, Hashed<GatewayDocument> gateway) {
        EffectivePolicy effective = EffectivePolicy.of(domain, gateway);
        List<Fault> widenings = effective.widenings();
        return widenings.isEmpty()
                ? Parsed.good(effective.policy().orElseThrow())
                : new Parsed.Bad<>(widenings);
    }
}
