package io.attestgate.policy.diff;

import io.attestgate.policy.document.DomainDocument;
import io.attestgate.policy.document.PolicyDocuments;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.util.List;

/**
 * What holds where a document says nothing but what it must: that which comes anew is told against
 * it.
 */
final class Silence {
    private static final String NOBODY = "https://none.invalid/";

    /** What the smallest document trusts and serves only because it must name something. */
    private static final List<String> NAMED = List.of("$.certificate.authorities", "$.routes");

    private Silence() {}

    /** The gateway's defaults, which trust nothing. */
    static Facets ofGateway() {
        Json.Obj kind =
                Json.object("kind", "simulated", "roots", Json.Arr.of(List.of("development")));
        byte[] smallest =
                CanonicalJson.write(
                        Json.object(
                                "domain", "",
                                "platforms", Json.Arr.of(List.of("simulated")),
                                "tcbStates", Json.Arr.of(List.of("unjudged")),
                                "instances", "any",
                                "evidence",
                                        Json.object(
                                                "require",
                                                new Json.Arr(List.of(kind)),
                                                "atLeast",
                                                1),
                                "authorities", Json.Arr.of(List.of(NOBODY))));
        return GatewayFacets.of(PolicyDocuments.parseGateway(smallest).toOptional().orElseThrow())
                .without(GatewayFacets.TRUST);
    }

    /** The smallest document of that name, or of the host below whose wildcard it is. */
    static DomainDocument of(PolicyName name) {
        PolicyName host = PolicyName.of(name.base().orElseThrow());
        Json.Obj upstream = Json.object("url", "http://localhost", "upstreamTls", "none-accepted");
        Json.Obj route = Json.object("upstreams", new Json.Arr(List.of(upstream)));
        byte[] smallest =
                CanonicalJson.write(
                        Json.object(
                                "domain", host.value(),
                                "certificate",
                                        Json.object("authorities", Json.Arr.of(List.of(NOBODY))),
                                "routes", new Json.Arr(List.of(route))));
        return PolicyDocuments.parseDomain(host, smallest).toOptional().orElseThrow();
    }

    /** What such a document says of itself. */
    static Facets in(Facets smallest) {
        return smallest.without(NAMED);
    }
}
