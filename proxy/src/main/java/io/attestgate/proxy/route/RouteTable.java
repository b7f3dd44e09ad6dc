package io.attestgate.proxy.route;

import io.attestgate.policy.snapshot.DomainPolicy;
import io.attestgate.policy.snapshot.DomainState;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.proxy.http.RequestHead;
import io.attestgate.proxy.route.RouteDecision.Refusal;
import io.attestgate.proxy.tls.TlsPolicy.Admission;
import io.attestgate.proxy.tls.TlsTerms;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of the policy, compiled for looking up. Immutable; every loop reads the same one.
 *
 * <p>A request takes its routes from the table once, at its beginning, and keeps them: another
 * document that the chain decides meanwhile is for the next request. That the host is served at all
 * is asked again and again, of the table in force.
 */
public final class RouteTable {
    /** Where a path is ours and never an upstream's. */
    public static final String LOCAL_PREFIX = "/.well-known/attestgate/";

    /** For a name that is known and not served: to say so takes a handshake; its tickets end. */
    private static final TlsTerms TERMS_TO_REFUSE =
            new TlsTerms(Hash32.ZERO, List.of("TLSv1.2", "TLSv1.3"));

    private final Optional<Snapshot> snapshot;
    private final IdentityHashMap<DomainPolicy, HostRoutes> compiled;

    private RouteTable(
            Optional<Snapshot> snapshot, IdentityHashMap<DomainPolicy, HostRoutes> compiled) {
        this.snapshot = snapshot;
        this.compiled = compiled;
    }

    /** The table before the first snapshot: it has no names. */
    public static RouteTable empty() {
        return new RouteTable(Optional.empty(), new IdentityHashMap<>());
    }

    /** Compiles every name of {@code snapshot}; those that {@code before} has are taken from it. */
    public static RouteTable compile(Snapshot snapshot, RouteTable before) {
        IdentityHashMap<DomainPolicy, HostRoutes> compiled = new IdentityHashMap<>();
        for (DomainState state : snapshot.domains().values()) {
            policyOf(state)
                    .ifPresent(
                            policy -> {
                                HostRoutes kept = before.compiled.get(policy);
                                compiled.put(policy, kept != null ? kept : HostRoutes.of(policy));
                            });
        }
        return new RouteTable(Optional.of(snapshot), compiled);
    }

    private static Optional<DomainPolicy> policyOf(DomainState state) {
        return switch (state) {
            case DomainState.Live(DomainPolicy policy) -> Optional.of(policy);
            case DomainState.LastGood last -> Optional.of(last.policy());
            case DomainState.Withdrawn withdrawn -> Optional.empty();
            case DomainState.Halted halted -> Optional.empty();
            case DomainState.Unusable unusable -> Optional.empty();
        };
    }

    /** What it was compiled from; empty before the first. */
    public Optional<Snapshot> snapshot() {
        return snapshot;
    }

    /** What {@code host} is at {@code now}, by the latest of all clocks. */
    public HostDecision host(Hostname host, Instant now) {
        if (snapshot.isEmpty()) {
            return new HostDecision.Refused(new Refusal.UnknownHost());
        }
        Optional<DomainState> state = snapshot.get().lookup(host);
        if (state.isEmpty() || state.get() instanceof DomainState.Withdrawn) {
            return new HostDecision.Refused(new Refusal.UnknownHost());
        }
        Ending end = snapshot.get().servesEnd();
        if (end.isOver(now)) {
            return new HostDecision.Refused(new Refusal.Ended(end));
        }
        return decide(state.get(), now, end.at());
    }

    private HostDecision decide(DomainState state, Instant now, Instant end) {
        return switch (state) {
            case DomainState.Live(DomainPolicy policy) -> served(policy, end);
            case DomainState.LastGood last when now.isBefore(last.until()) ->
                    served(last.policy(), last.until().isBefore(end) ? last.until() : end);
            case DomainState.LastGood last -> new HostDecision.Refused(new Refusal.Unusable());
            case DomainState.Unusable unusable -> new HostDecision.Refused(new Refusal.Unusable());
            case DomainState.Halted(Instant until) ->
                    new HostDecision.Refused(new Refusal.Halted(until));
            case DomainState.Withdrawn withdrawn ->
                    new HostDecision.Refused(new Refusal.UnknownHost());
        };
    }

    private HostDecision served(DomainPolicy policy, Instant until) {
        HostRoutes routes = compiled.get(policy);
        // A wildcard's policy under a halt that covers only some of its hosts is not in the list.
        return new HostDecision.Served(routes != null ? routes : HostRoutes.of(policy), until);
    }

    /** What is decided about one request to {@code routes}' host. */
    public static RouteDecision decide(HostRoutes routes, RequestHead request) {
        return isLocal(request) ? new RouteDecision.Local() : routes.decide(request);
    }

    private static boolean isLocal(RequestHead request) {
        return RequestPath.of(request.path())
                .filter(path -> path.value().startsWith(LOCAL_PREFIX))
                .isPresent();
    }

    /** Whether a handshake for {@code host} is worth its signature. */
    public Admission admission(Hostname host, Instant now) {
        return switch (host(host, now)) {
            case HostDecision.Served(HostRoutes routes, Instant until) ->
                    new Admission.Served(routes.tls());
            case HostDecision.Refused(Refusal.UnknownHost unknown) -> new Admission.Unknown();
            case HostDecision.Refused refused -> new Admission.Served(TERMS_TO_REFUSE);
        };
    }
}
