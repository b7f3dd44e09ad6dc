package io.attestgate.proxy.route;

import io.attestgate.policy.document.Redirect;
import io.attestgate.policy.document.TlsVersion;
import io.attestgate.policy.snapshot.DomainPolicy;
import io.attestgate.proxy.http.RequestHead;
import io.attestgate.proxy.tls.TlsTerms;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Optional;

/**
 * The policy of one name, compiled.
 *
 * @param policy as the snapshot has it
 * @param tls what it says about handshakes
 * @param hsts the value of Strict-Transport-Security
 * @param routes in order
 */
public record HostRoutes(
        DomainPolicy policy, TlsTerms tls, AsciiString hsts, List<CompiledRoute> routes) {

    static HostRoutes of(DomainPolicy policy) {
        return new HostRoutes(
                policy,
                new TlsTerms(
                        policy.documentHash(),
                        policy.tlsVersions().stream().sorted().map(HostRoutes::spell).toList()),
                AsciiString.of(policy.hsts().fieldValue()),
                policy.routes().stream().map(CompiledRoute::of).toList());
    }

    private static String spell(TlsVersion version) {
        return switch (version) {
            case TLS_1_2 -> "TLSv1.2";
            case TLS_1_3 -> "TLSv1.3";
        };
    }

    RouteDecision decide(RequestHead request) {
        Optional<RequestPath> path = RequestPath.of(request.path());
        if (path.isEmpty()) {
            return new RouteDecision.Refusal.AmbiguousPath();
        }
        for (Redirect redirect : policy.redirects()) {
            if (CompiledRoute.matches(redirect.match(), path.get(), request)) {
                return new RouteDecision.Redirected(
                        redirect.status(), AsciiString.of(redirect.location()));
            }
        }
        for (CompiledRoute route : routes) {
            if (CompiledRoute.matches(route.policy().match(), path.get(), request)) {
                return new RouteDecision.Forward(route);
            }
        }
        return new RouteDecision.Refusal.NoRoute();
    }
}
