package io.attestgate.proxy.route;

/** What the policy says about a host, before the request is looked at. */
public sealed interface HostDecision {

    /** It is served by these routes. */
    record Served(HostRoutes routes) implements HostDecision {}

    /** It is not. */
    record Refused(RouteDecision.Refusal refusal) implements HostDecision {}
}
