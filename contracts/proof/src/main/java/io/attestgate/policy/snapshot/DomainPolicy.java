package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.CertificateRule;
import io.attestgate.policy.document.Hsts;
import io.attestgate.policy.document.Limits;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.document.Redirect;
import io.attestgate.policy.document.TlsVersion;
import io.attestgate.wire.Hash32;
import java.util.List;
import java.util.Set;

/**
 * What is enforced for one name: its document within the gateway's, nothing left open.
 *
 * @param name of the document; a wildcard's policy serves many hosts
 * @param documentHash keccak256 of its document
 * @param gatewayHash keccak256 of the gateway's
 * @param tlsVersions that it speaks
 * @param certificate from whom its certificate comes; no authority that the gateway does not allow
 * @param limits before a route is known
 * @param hsts the field that every answer carries
 * @param redirects looked at first, in order
 * @param routes in order; the first that matches takes the request, none is 404
 */
public record DomainPolicy(
        PolicyName name,
        Hash32 documentHash,
        Hash32 gatewayHash,
        Set<TlsVersion> tlsVersions,
        CertificateRule certificate,
        Limits limits,
        Hsts hsts,
        List<Redirect> redirects,
        List<Route> routes) {
    public DomainPolicy {
        tlsVersions = Set.copyOf(tlsVersions);
        redirects = List.copyOf(redirects);
        routes = List.copyOf(routes);
    }
}
