package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.Balancing;
import io.attestgate.policy.document.HeaderRules;
import io.attestgate.policy.document.Limits;
import io.attestgate.policy.document.Match;
import io.attestgate.policy.document.Retries;
import io.attestgate.policy.document.Timeouts;
import io.attestgate.policy.document.Upstream;
import java.util.List;

/**
 * One route as it is enforced, with nothing left open.
 *
 * @param match which requests
 * @param upstreams where they go, at least one
 * @param balancing how they are divided
 * @param timeouts of each request
 * @param retries after a failure
 * @param limits of each request; that of its header fields is the domain's
 * @param headers what is changed in header fields
 */
public record Route(
        Match match,
        List<Upstream> upstreams,
        Balancing balancing,
        Timeouts timeouts,
        Retries retries,
        Limits limits,
        HeaderRules headers) {
    public Route {
        upstreams = List.copyOf(upstreams);
    }
}
