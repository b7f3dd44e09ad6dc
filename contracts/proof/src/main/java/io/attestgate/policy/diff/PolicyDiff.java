package io.attestgate.policy.diff;

import io.attestgate.policy.document.DomainDocument;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.PolicyDocuments;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.policy.snapshot.PolicyCheck;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares two sets of documents by what gateways would enforce.
 *
 * <h2>How</h2>
 *
 * <ol>
 *   <li>A document is read, held within the gateway's of its own set, and spread out into its
 *       effective values, defaults filled in. So a default that changes in the gateway's document
 *       is told of every domain that it reaches.
 *   <li>A document that comes anew, or after one that gateways refused, is compared with what holds
 *       without it; one that goes, or is refused, is told as a whole.
 *   <li>A member of a document that no effective value covers is compared as it is written, so that
 *       nothing is left out.
 * </ol>
 */
public final class PolicyDiff {
    private final PolicySet before;
    private final PolicySet after;

    private PolicyDiff(PolicySet before, PolicySet after) {
        this.before = before;
        this.after = after;
    }

    /** Every name for which {@code after} is not {@code before}; the gateway first. */
    public static List<NameChange> between(PolicySet before, PolicySet after) {
        return new PolicyDiff(before, after).changes();
    }

    /** What gateways refuse in the document of {@code name}, within the gateway's of that set. */
    public static List<Fault> faults(PolicySet policies, PolicyName name) {
        Optional<StoredDocument> stored = policies.get(name);
        if (stored.isEmpty()) {
            return List.of();
        }
        byte[] bytes = stored.get().bytes();
        if (name.isGateway()) {
            return PolicyDocuments.parseGateway(bytes).faults();
        }
        return gateway(policies).isPresent()
                ? PolicyCheck.check(
                                name, bytes, policies.get(PolicyName.GATEWAY).orElseThrow().bytes())
                        .faults()
                : PolicyDocuments.parseDomain(name, bytes).faults();
    }

    private List<NameChange> changes() {
        TreeSet<PolicyName> names = new TreeSet<>(before.documents().keySet());
        names.addAll(after.documents().keySet());
        return names.stream().map(this::change).filter(change -> !change.isNone()).toList();
    }

    private NameChange change(PolicyName name) {
        List<Fault> faultsBefore = faults(before, name);
        List<Fault> faults = faults(after, name);
        return new NameChange(
                name,
                hash(before, name),
                hash(after, name),
                faults.isEmpty() ? fields(name, faultsBefore.isEmpty()) : List.of(),
                faultsBefore,
                faults);
    }

    private List<FieldChange> fields(PolicyName name, boolean wasGood) {
        if (after.get(name).isEmpty()) {
            return List.of();
        }
        boolean anew = before.get(name).isEmpty() || !wasGood;
        List<FieldChange> fields =
                name.isGateway() ? gatewayFields(anew) : domainFields(name, anew);
        return fields.isEmpty() && !hash(before, name).equals(hash(after, name))
                ? List.of(
                        new FieldChange(
                                "$",
                                Optional.of("its bytes"),
                                Optional.of("other bytes of the same effect"),
                                Direction.CHANGES))
                : fields;
    }

    private List<FieldChange> gatewayFields(boolean anew) {
        Facets was = anew ? Silence.ofGateway() : gatewayFacets(before);
        return was.to(gatewayFacets(after));
    }

    private static Facets gatewayFacets(PolicySet policies) {
        return AsWritten.addTo(
                GatewayFacets.of(gateway(policies).orElseThrow()),
                members(policies, PolicyName.GATEWAY),
                List.of());
    }

    private List<FieldChange> domainFields(PolicyName name, boolean anew) {
        DomainDocument now = domain(after, name);
        DomainDocument was = anew ? Silence.of(name) : domain(before, name);
        Optional<GatewayDocument> gateway = gateway(anew ? after : before);
        Facets facetsNow =
                AsWritten.addTo(
                        DomainFacets.of(now, gateway(after)),
                        members(after, name),
                        DomainFacets.routeKeys(now));
        Facets facetsWas =
                anew
                        ? Silence.in(DomainFacets.of(was, gateway))
                        : AsWritten.addTo(
                                DomainFacets.of(was, gateway),
                                members(before, name),
                                DomainFacets.routeKeys(was));
        for (String key : DomainFacets.routeKeys(now)) {
            facetsWas.fill(DomainFacets.ofNoRoute(key, was, gateway));
        }
        if (!anew) {
            for (String key : DomainFacets.routeKeys(was)) {
                facetsNow.fill(DomainFacets.ofNoRoute(key, now, gateway(after)));
            }
        }
        return facetsWas.to(facetsNow);
    }

    private static Json.Obj members(PolicySet policies, PolicyName name) {
        byte[] bytes = policies.get(name).orElseThrow().bytes();
        return (Json.Obj)
                JsonReader.parseCanonical(bytes, PolicyDocuments.DOCUMENT_BYTES_MAX)
                        .toOptional()
                        .orElseThrow();
    }

    private static Optional<GatewayDocument> gateway(PolicySet policies) {
        return policies.get(PolicyName.GATEWAY)
                .flatMap(d -> PolicyDocuments.parseGateway(d.bytes()).toOptional());
    }

    private static DomainDocument domain(PolicySet policies, PolicyName name) {
        byte[] bytes = policies.get(name).orElseThrow().bytes();
        return PolicyDocuments.parseDomain(name, bytes).toOptional().orElseThrow();
    }

    private static Optional<Hash32> hash(PolicySet policies, PolicyName name) {
        return policies.get(name).map(StoredDocument::hash);
    }
}
