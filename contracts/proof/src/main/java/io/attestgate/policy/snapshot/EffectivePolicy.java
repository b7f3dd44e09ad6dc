package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.Bound;
import io.attestgate.policy.document.Bounds;
import io.attestgate.policy.document.CertificateRule;
import io.attestgate.policy.document.DomainDocument;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.RouteDocument;
import io.attestgate.policy.document.Spelled;
import io.attestgate.policy.document.TcbState;
import io.attestgate.policy.document.TlsVersion;
import io.attestgate.wire.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Holds a domain's document against the gateway's: what the gateway trusts and allows can be
 * narrowed by a domain, never widened.
 *
 * @param policy what both allow; empty where that is nothing to serve by
 * @param widenings where the domain's document asks for more than the gateway's allows
 */
record EffectivePolicy(Optional<DomainPolicy> policy, List<Fault> widenings) {

    /** Judges {@code domain} within {@code gateway}. */
    static EffectivePolicy of(Hashed<DomainDocument> domain, Hashed<GatewayDocument> gateway) {
        return new Judge(domain, gateway).judge();
    }

    private static final class Judge {
        private final Hashed<DomainDocument> domain;
        private final Hashed<GatewayDocument> gateway;
        private final DomainDocument asked;
        private final GatewayDocument allowed;
        private final List<Fault> widenings = new ArrayList<>();

        Judge(Hashed<DomainDocument> domain, Hashed<GatewayDocument> gateway) {
            this.domain = domain;
            this.gateway = gateway;
            this.asked = domain.document();
            this.allowed = gateway.document();
        }

        EffectivePolicy judge() {
            Set<String> platforms =
                    both(asked.platforms(), allowed.platforms(), "$.platforms", text -> text);
            Set<TcbState> tcbStates =
                    both(asked.tcbStates(), allowed.tcbStates(), "$.tcbStates", Spelled::spelling);
            Set<TlsVersion> versions =
                    both(
                            asked.tlsVersions(),
                            allowed.tlsVersions(),
                            "$.tls.versions",
                            Spelled::spelling);
            List<URI> authorities = authorities();
            Bounds bounds = within(asked.bounds(), "$").over(allowed.defaults());
            List<Route> routes = routes(bounds);
            boolean nothing =
                    platforms.isEmpty()
                            || tcbStates.isEmpty()
                            || versions.isEmpty()
                            || authorities.isEmpty();
            return new EffectivePolicy(
                    nothing
                            ? Optional.empty()
                            : Optional.of(policy(versions, authorities, bounds, routes)),
                    List.copyOf(widenings));
        }

        private DomainPolicy policy(
                Set<TlsVersion> versions,
                List<URI> authorities,
                Bounds bounds,
                List<Route> routes) {
            CertificateRule rule = asked.certificate();
            return new DomainPolicy(
                    asked.domain(),
                    domain.hash(),
                    gateway.hash(),
                    versions,
                    new CertificateRule(
                            authorities,
                            rule.challenges(),
                            rule.keyType(),
                            rule.renewAtLifePercent()),
                    bounds.limits(),
                    asked.hsts().orElse(allowed.hsts()),
                    asked.redirects(),
                    routes);
        }

        private List<URI> authorities() {
            List<URI> both = new ArrayList<>();
            List<URI> wanted = asked.certificate().authorities();
            for (int i = 0; i < wanted.size(); i++) {
                if (allowed.authorities().contains(wanted.get(i))) {
                    both.add(wanted.get(i));
                } else {
                    widenings.add(
                            Fault.quoted(
                                    "$.certificate.authorities[" + i + "]",
                                    wanted.get(i).toString(),
                                    "one that the gateway's document allows"));
                }
            }
            return both;
        }

        private List<Route> routes(Bounds ofDomain) {
            List<Route> routes = new ArrayList<>();
            for (int i = 0; i < asked.routes().size(); i++) {
                RouteDocument route = asked.routes().get(i);
                Bounds bounds = within(route.bounds(), "$.routes[" + i + "]").over(ofDomain);
                routes.add(
                        new Route(
                                route.match(),
                                route.upstreams(),
                                route.balancing(),
                                bounds.timeouts(),
                                bounds.retries(),
                                bounds.limits(),
                                route.headers()));
            }
            return routes;
        }

        private Bounds within(Bounds written, String path) {
            for (Bound bound : written.exceeding(allowed.ceilings())) {
                widenings.add(
                        new Fault(
                                path + "." + bound.path(),
                                written.write(bound),
                                "at most %s, the gateway's ceiling"
                                        .formatted(allowed.ceilings().write(bound))));
            }
            return written.within(allowed.ceilings());
        }

        private <T> Set<T> both(
                Optional<Set<T>> narrowed, Set<T> all, String path, Function<T, String> spell) {
            Set<T> both = new HashSet<>(all);
            narrowed.ifPresent(both::retainAll);
            narrowed.stream()
                    .flatMap(Collection::stream)
                    .filter(one -> !all.contains(one))
                    .map(spell)
                    .sorted()
                    .map(one -> Fault.quoted(path, one, "one that the gateway's document accepts"))
                    .forEach(widenings::add);
            return both;
        }
    }
}
