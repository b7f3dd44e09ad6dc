package io.attestgate.proxy.route;

import io.attestgate.policy.snapshot.Ending;
import io.netty.util.AsciiString;
import java.time.Instant;

/** What the policy says to do with one request: every answer there is. */
public sealed interface RouteDecision {

    /** Send it to an upstream of this route. */
    record Forward(CompiledRoute route) implements RouteDecision {}

    /** It is about ourselves: a path below {@code /.well-known/attestgate/}. */
    record Local() implements RouteDecision {}

    /** Send the client elsewhere. */
    record Redirected(int status, AsciiString location) implements RouteDecision {}

    /** Answer the request here, with {@link #status}. */
    sealed interface Refusal extends RouteDecision {

        /** The policy does not have the name, or no longer. */
        record UnknownHost() implements Refusal {}

        /** The name's policy has no route for the request. */
        record NoRoute() implements Refusal {}

        /** Two readers of the path would not agree on what it names. */
        record AmbiguousPath() implements Refusal {}

        /** A guardian or the governor halted the name. */
        record Halted(Instant until) implements Refusal {}

        /** The name's document cannot be enforced. */
        record Unusable() implements Refusal {}

        /** The gateway may serve nothing: its view is too old, or it is trusted no more. */
        record Ended(Ending ending) implements Refusal {}

        /** RFC 9110 §15. */
        default int status() {
            return switch (this) {
                case UnknownHost unknown -> 421;
                case NoRoute none -> 404;
                case AmbiguousPath ambiguous -> 400;
                case Halted halted -> 503;
                case Unusable unusable -> 503;
                case Ended ended -> 503;
            };
        }

        /** One sentence for the person at the other end. */
        default String sentence() {
            return switch (this) {
                case UnknownHost unknown -> "this gateway's policy does not have the host";
                case NoRoute none -> "the host's policy has no route for the request";
                case AmbiguousPath ambiguous -> "the path has dot segments or a broken escape";
                case Halted(Instant until) -> "the host is halted on chain until " + until;
                case Unusable unusable -> "the host's policy document cannot be enforced";
                case Ended(Ending ending) -> ending.sentence();
            };
        }
    }
}
