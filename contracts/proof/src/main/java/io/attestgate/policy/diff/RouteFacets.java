package io.attestgate.policy.diff;

import io.attestgate.policy.document.Balancing;
import io.attestgate.policy.document.Bound;
import io.attestgate.policy.document.Bounds;
import io.attestgate.policy.document.HeaderEdits;
import io.attestgate.policy.document.HeaderRules;
import io.attestgate.policy.document.Upstream;
import io.attestgate.policy.document.UpstreamTls;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.security.cert.CertificateEncodingException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The effective values of one route. */
final class RouteFacets {
    private RouteFacets() {}

    static Facets put(
            Facets facets,
            String key,
            List<Upstream> upstreams,
            Bounds bounds,
            Balancing balancing) {
        String path = "$.routes[%s]".formatted(key);
        Map<String, Integer> weights = new TreeMap<>();
        upstreams.forEach(to -> weights.merge(described(to), to.weight(), Integer::sum));
        facets.members(path + ".upstreams", weights.keySet());
        if (weights.size() > 1) {
            weights.forEach(
                    (to, weight) ->
                            facets.word(
                                    "%s.upstreams[%s].weight".formatted(path, to),
                                    Integer.toString(weight)));
        }
        return facets.word(path + ".balancing", balancing.spelling()).bounds(path, ofRoute(bounds));
    }

    static void headers(Facets facets, String key, HeaderRules rules) {
        headers(facets, "$.routes[%s].headers.request".formatted(key), rules.request());
        headers(facets, "$.routes[%s].headers.response".formatted(key), rules.response());
    }

    private static void headers(Facets facets, String path, HeaderEdits edits) {
        if (!edits.remove().isEmpty()) {
            facets.word(path + ".remove", String.join(", ", edits.remove()));
        }
        if (!edits.set().isEmpty()) {
            facets.word(path + ".set", spelt(edits.set()));
        }
        if (!edits.add().isEmpty()) {
            facets.word(path + ".add", spelt(edits.add()));
        }
    }

    private static String spelt(List<HeaderEdits.HeaderField> fields) {
        return fields.stream()
                .map(field -> field.name() + ": " + field.value())
                .collect(Collectors.joining(", "));
    }

    /** What is read before a route is known is the domain's alone. */
    private static Bounds ofRoute(Bounds bounds) {
        Map<Bound, Long> values = new EnumMap<>(Bound.class);
        values.putAll(bounds.values());
        values.remove(Bound.REQUEST_HEADERS);
        return new Bounds(values);
    }

    private static String described(Upstream upstream) {
        return "%s (%s)".formatted(upstream.url(), described(upstream.tls()));
    }

    private static String described(UpstreamTls tls) {
        return switch (tls) {
            case UpstreamTls.None none -> "in the clear";
            case UpstreamTls.Verified verified ->
                    "TLS"
                            + verified.serverName().map(name -> " as " + name.value()).orElse("")
                            + " by "
                            + verified.roots().stream()
                                    .map(RouteFacets::described)
                                    .sorted()
                                    .collect(Collectors.joining(", "));
        };
    }

    private static String described(UpstreamTls.Root root) {
        return switch (root) {
            case UpstreamTls.Root.WebPki webPki -> "web-pki";
            case UpstreamTls.Root.Certificate c -> "the root of SHA-256 " + sha256(c);
        };
    }

    private static Hash32 sha256(UpstreamTls.Root.Certificate root) {
        try {
            return Hash32.of(Digests.sha256(root.certificate().getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new AssertionError("a parsed certificate encodes", e);
        }
    }
}
