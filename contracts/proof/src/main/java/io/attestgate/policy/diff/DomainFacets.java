package io.attestgate.policy.diff;

import io.attestgate.policy.document.Bounds;
import io.attestgate.policy.document.DomainDocument;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.Redirect;
import io.attestgate.policy.document.RouteDocument;
import io.attestgate.policy.document.Spelled;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The effective values of a domain's document within the gateway's, or by itself where no gateway's
 * is known.
 */
final class DomainFacets {
    private static final String ACCEPTED = "all that the gateway accepts";

    private final Optional<GatewayDocument> gateway;
    private final Facets facets = new Facets();

    private DomainFacets(Optional<GatewayDocument> gateway) {
        this.gateway = gateway;
    }

    static Facets of(DomainDocument document, Optional<GatewayDocument> gateway) {
        return new DomainFacets(gateway).put(document);
    }

    /** What holds of a route that is not there, so that only what it brings is told. */
    static Facets ofNoRoute(
            String key, DomainDocument document, Optional<GatewayDocument> gateway) {
        DomainFacets without = new DomainFacets(gateway);
        return RouteFacets.put(
                without.facets,
                key,
                List.of(),
                without.bounds(document.bounds()),
                document.routes().getFirst().balancing());
    }

    private Facets put(DomainDocument document) {
        facets.put(
                "$.platforms",
                narrowed(document.platforms(), gateway.map(GatewayDocument::platforms)));
        facets.put(
                "$.tcbStates",
                narrowed(
                        document.tcbStates().map(DomainFacets::spelt),
                        gateway.map(g -> spelt(g.tcbStates()))));
        facets.put(
                "$.tls.versions",
                narrowed(
                        document.tlsVersions().map(DomainFacets::spelt),
                        gateway.map(g -> spelt(g.tlsVersions()))));
        certificate(document);
        Bounds bounds = bounds(document.bounds());
        facets.bounds("$", bounds);
        document.hsts()
                .or(() -> gateway.map(GatewayDocument::hsts))
                .ifPresent(hsts -> facets.hsts("$.hsts", hsts));
        redirects(document);
        routes(document, bounds);
        return facets;
    }

    private void certificate(DomainDocument document) {
        List<String> authorities =
                document.certificate().authorities().stream()
                        .filter(this::isAllowed)
                        .map(URI::toString)
                        .toList();
        List<String> challenges =
                document.certificate().challenges().stream().map(Spelled::spelling).toList();
        facets.members("$.certificate.authorities", authorities)
                .order("$.certificate.authorities", authorities)
                .members("$.certificate.challenges", challenges)
                .order("$.certificate.challenges", challenges)
                .word("$.certificate.keyType", document.certificate().keyType().spelling())
                .word(
                        "$.certificate.renewal.atLifePercent",
                        Integer.toString(document.certificate().renewAtLifePercent()));
    }

    private boolean isAllowed(URI authority) {
        return gateway.map(g -> g.authorities().contains(authority)).orElse(true);
    }

    private void redirects(DomainDocument document) {
        Keys keys = new Keys();
        for (Redirect redirect : document.redirects()) {
            facets.word(
                    "$.redirects[%s]".formatted(keys.next(redirect.match())),
                    redirect.status() + " " + redirect.location());
        }
        facets.order("$.redirects", keys.given());
    }

    private void routes(DomainDocument document, Bounds ofDomain) {
        Keys keys = new Keys();
        for (RouteDocument route : document.routes()) {
            String key = keys.next(route.match());
            Bounds bounds = within(route.bounds()).over(ofDomain);
            RouteFacets.put(facets, key, route.upstreams(), bounds, route.balancing());
            RouteFacets.headers(facets, key, route.headers());
        }
        facets.order("$.routes", keys.given());
    }

    /** The names of all routes of a document. */
    static List<String> routeKeys(DomainDocument document) {
        Keys keys = new Keys();
        document.routes().forEach(route -> keys.next(route.match()));
        return keys.given();
    }

    private Bounds bounds(Bounds written) {
        return within(written).over(gateway.map(GatewayDocument::defaults).orElse(Bounds.USUAL));
    }

    private Bounds within(Bounds written) {
        return gateway.map(g -> written.within(g.ceilings())).orElse(written);
    }

    private static Facet narrowed(Optional<Set<String>> asked, Optional<Set<String>> allowed) {
        if (asked.isEmpty() && allowed.isEmpty()) {
            return new Facet.All(ACCEPTED);
        }
        Set<String> all = allowed.or(() -> asked).orElseThrow();
        return new Facet.Members(
                all.stream()
                        .filter(one -> asked.map(some -> some.contains(one)).orElse(true))
                        .collect(Collectors.toSet()));
    }

    private static Set<String> spelt(Collection<? extends Spelled> words) {
        return words.stream().map(Spelled::spelling).collect(Collectors.toSet());
    }
}
