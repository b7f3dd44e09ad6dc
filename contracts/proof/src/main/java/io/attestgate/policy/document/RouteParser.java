package io.attestgate.policy.document;

import java.util.List;
import java.util.Optional;

/** Reads one route. */
final class RouteParser {
    private static final int UPSTREAMS_MAX = 64;

    private RouteParser() {}

    static Optional<RouteDocument> read(Node node) {
        Fields fields = node.fields().notEnforced("health", "rateLimit", "sign");
        Optional<Match> match = fields.optional("match", MatchParser::read);
        Optional<List<Upstream>> list =
                fields.required(
                        "upstreams",
                        "a list of upstreams",
                        upstream -> upstream.list(1, UPSTREAMS_MAX, UpstreamParser::read));
        Optional<Balancing> balancing =
                fields.optional("balancing", way -> way.word(Balancing.class));
        Bounds bounds = BoundsParser.readOfRoute(fields);
        Optional<HeaderRules> headers = fields.optional("headers", HeaderParser::rules);
        fields.end();
        return list.map(
                some ->
                        new RouteDocument(
                                match.orElse(MatchParser.ALL),
                                some,
                                balancing.orElse(Balancing.WEIGHTED_ROUND_ROBIN),
                                bounds,
                                headers.orElse(HeaderRules.NONE)));
    }
}
