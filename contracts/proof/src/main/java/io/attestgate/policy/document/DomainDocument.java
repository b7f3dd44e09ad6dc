package io.attestgate.policy.document;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The document of one name, as written: right by itself, not yet held against the gateway's.
 *
 * @param domain the name of its slot
 * @param platforms on which it may be served; empty for all that the gateway accepts
 * @param tcbStates in which it may be served; empty likewise
 * @param tlsVersions that it speaks; empty likewise
 * @param certificate from whom its certificate comes
 * @param bounds what it writes about limits, timeouts and retries
 * @param hsts the field its answers carry; empty for the gateway's default
 * @param redirects in order
 * @param routes in order
 */
public record DomainDocument(
        PolicyName domain,
        Optional<Set<String>> platforms,
        Optional<Set<TcbState>> tcbStates,
        Optional<Set<TlsVersion>> tlsVersions,
        CertificateRule certificate,
        Bounds bounds,
        Optional<Hsts> hsts,
        List<Redirect> redirects,
        List<RouteDocument> routes) {
    public DomainDocument {
        platforms = platforms.map(Set::copyOf);
        tcbStates = tcbStates.map(Set::copyOf);
        tlsVersions = tlsVersions.map(Set::copyOf);
        redirects = List.copyOf(redirects);
        routes = List.copyOf(routes);
    }
}
