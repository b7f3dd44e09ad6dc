package io.attestgate.policy.diff;

import io.attestgate.policy.document.EvidenceRule;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.InstanceRule;
import io.attestgate.policy.document.KeyProvider;
import io.attestgate.policy.document.Sealing;
import io.attestgate.wire.Base64Url;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** The effective values of the gateway's document. */
final class GatewayFacets {
    /** What has no default, so that nothing of it holds without a document. */
    static final List<String> TRUST =
            List.of("$.platforms", "$.tcbStates", "$.instances", "$.evidence", "$.authorities");

    private GatewayFacets() {}

    static Facets of(GatewayDocument document) {
        Facets facets =
                new Facets()
                        .members("$.platforms", document.platforms())
                        .words("$.tcbStates", document.tcbStates())
                        .put("$.instances", instances(document.instances()));
        evidence(facets, document.evidence());
        return facets.members(
                        "$.authorities",
                        document.authorities().stream().map(URI::toString).toList())
                .words("$.tls.versions", document.tlsVersions())
                .bounds("$", document.ceilings())
                .bounds("$.defaults", document.defaults())
                .hsts("$.defaults.hsts", document.hsts())
                .duration("$.staleness.soft", document.staleness().soft(), Facet.Wider.MORE)
                .duration("$.staleness.hard", document.staleness().hard(), Facet.Wider.MORE)
                .scale("$.logs.clientAddress", document.logs().clientAddress())
                .flag("$.logs.path", document.logs().path(), Facet.Wider.MORE)
                .flag("$.logs.query", document.logs().query(), Facet.Wider.MORE)
                .members("$.logs.headers", document.logs().headers())
                .scale("$.rollbackRisk", document.rollbackRisk())
                .scale("$.sealing", sealing(document))
                .members(
                        "$.keyProviders",
                        document.keyProviders().stream().map(KeyProvider::toString).toList());
    }

    private static Sealing sealing(GatewayDocument document) {
        return document.keyProviders().isEmpty() ? Sealing.PLATFORM : Sealing.KEY_PROVIDER;
    }

    private static Facet instances(InstanceRule rule) {
        return switch (rule) {
            case InstanceRule.Any any -> new Facet.All("any");
            case InstanceRule.Listed listed ->
                    new Facet.Members(
                            listed.instances().stream()
                                    .map(digest -> Base64Url.write(digest.bytes()))
                                    .collect(Collectors.toSet()));
        };
    }

    private static void evidence(Facets facets, EvidenceRule rule) {
        facets.members(
                "$.evidence.require",
                rule.require().stream()
                        .flatMap(kind -> kind.roots().stream().map(root -> named(kind, root)))
                        .toList());
        facets.put(
                "$.evidence.atLeast",
                new Facet.Amount(
                        rule.atLeast(), Integer.toString(rule.atLeast()), Facet.Wider.LESS));
    }

    private static String named(EvidenceRule.Kind kind, String root) {
        return kind.name() + " with root " + root;
    }
}
