package io.attestgate.proxy.route;

import io.attestgate.policy.document.HeaderMatch;
import io.attestgate.policy.document.Match;
import io.attestgate.policy.snapshot.Route;
import io.attestgate.proxy.http.RequestHead;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * A route of the policy, with what a request would else compute again.
 *
 * @param policy as the snapshot has it
 * @param targets its upstreams
 * @param request what it changes in a request's fields
 * @param response what it changes in an answer's
 */
public record CompiledRoute(
        Route policy, WeightedTargets targets, CompiledEdits request, CompiledEdits response) {

    static CompiledRoute of(Route route) {
        return new CompiledRoute(
                route,
                WeightedTargets.of(route.upstreams()),
                CompiledEdits.of(route.headers().request()),
                CompiledEdits.of(route.headers().response()));
    }

    /** Whether {@code match} is about the request. */
    static boolean matches(Match match, RequestPath path, RequestHead request) {
        return match.path().matches(path.value())
                && (match.methods().isEmpty()
                        || match.methods().contains(request.method().toString()))
                && matches(match.headers(), request);
    }

    private static boolean matches(List<HeaderMatch> conditions, RequestHead request) {
        for (HeaderMatch condition : conditions) {
            List<AsciiString> values = request.headers().all(AsciiString.of(condition.name()));
            boolean holds =
                    condition
                            .value()
                            .map(value -> values.stream().anyMatch(v -> v.contentEquals(value)))
                            .orElse(!values.isEmpty());
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
