package io.attestgate.policy.document;

import java.util.List;

/**
 * One route as a document writes it; the first route that matches takes the request.
 *
 * @param match which requests
 * @param upstreams where they go, at least one
 * @param balancing how they are divided
 * @param bounds what this route writes about limits, timeouts and retries
 * @param headers what is changed in header fields
 */
public record RouteDocument(
        Match match,
        List<Upstream> upstreams,
        Balancing balancing,
        Bounds bounds,
        HeaderRules headers) {
    public RouteDocument {
        upstreams = List.copyOf(upstreams);
    }
}
