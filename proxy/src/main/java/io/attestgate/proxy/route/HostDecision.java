package io.attestgate.proxy.route;

import java.time.Instant;

/** What the policy says about a host, before the request is looked at. */
public sealed interface HostDecision {

    /**
     * It is served.
     *
     * @param routes by which
     * @param until from then on, by the latest clock, the table that decided this is to be asked
     *     again
     */
    record Served(HostRoutes routes, Instant until) implements HostDecision {}

    /** It is not. */
    record Refused(RouteDecision.Refusal refusal) implements HostDecision {}
}
