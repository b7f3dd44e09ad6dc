package io.attestgate.policy.diff;

import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Members of a document that no effective value speaks of, as it writes them: none is left out. */
final class AsWritten {
    private static final Set<String> OF_ROUTES =
            Set.of("match", "upstreams", "balancing", "timeouts", "limits", "retries", "headers");
    private static final Set<String> OF_UPSTREAMS = Set.of("url", "weight", "upstreamTls", "tls");

    private final Facets facets;

    private AsWritten(Facets facets) {
        this.facets = facets;
    }

    /**
     * Adds them to what is known of the document.
     *
     * @param routeKeys the names of its routes, in order
     */
    static Facets addTo(Facets facets, Json.Obj document, List<String> routeKeys) {
        AsWritten written = new AsWritten(facets);
        written.add("$", document);
        for (int i = 0; i < routeKeys.size(); i++) {
            written.addRoute(
                    "$.routes[%s]".formatted(routeKeys.get(i)),
                    elements(document, "routes").get(i));
        }
        return facets;
    }

    private void add(String path, Json.Obj object) {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            String at = path + "." + member.getKey();
            if (member.getValue() instanceof Json.Obj inner) {
                add(at, inner);
            } else if (!facets.cover(at) && !at.equals("$.domain")) {
                facets.word(at, CanonicalJson.text(member.getValue()));
            }
        }
    }

    private void addRoute(String path, Json route) {
        addOthers(path, (Json.Obj) route, OF_ROUTES);
        for (Json upstream : elements((Json.Obj) route, "upstreams")) {
            Json.Obj to = (Json.Obj) upstream;
            String url = to.get("url").map(CanonicalJson::text).orElse("");
            addOthers("%s.upstreams[%s]".formatted(path, url), to, OF_UPSTREAMS);
        }
    }

    private void addOthers(String path, Json.Obj object, Set<String> known) {
        object.members()
                .forEach(
                        (name, value) -> {
                            if (!known.contains(name)) {
                                facets.word(path + "." + name, CanonicalJson.text(value));
                            }
                        });
    }

    private static List<Json> elements(Json.Obj object, String member) {
        return object.get(member).orElse(null) instanceof Json.Arr array
                ? array.elements()
                : List.of();
    }
}
