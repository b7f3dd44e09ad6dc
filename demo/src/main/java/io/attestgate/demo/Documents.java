package io.attestgate.demo;

import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.net.URI;
import java.util.List;

/** The two policy documents of the demo, in their canonical bytes. */
final class Documents {
    private Documents() {}

    /** The gateway's: every trust field is said, since none has a default. */
    static byte[] gateway(URI authority) {
        return CanonicalJson.write(
                Json.object(
                        "authorities", Json.Arr.of(List.of(authority.toString())),
                        "domain", "",
                        "evidence",
                                Json.object(
                                        "atLeast",
                                        1,
                                        "require",
                                        new Json.Arr(
                                                List.of(
                                                        Json.object(
                                                                "kind",
                                                                "simulated",
                                                                "roots",
                                                                Json.Arr.of(
                                                                        List.of("development")))))),
                        "instances", "any",
                        "platforms", Json.Arr.of(List.of("simulated")),
                        "rollbackRisk", "accepted",
                        "tcbStates", Json.Arr.of(List.of("unjudged"))));
    }

    /** One domain: every path goes to that upstream, which the document accepts without TLS. */
    static byte[] domain(String name, URI upstream, URI authority) {
        Json.Obj to = Json.object("upstreamTls", "none-accepted", "url", upstream.toString());
        Json.Obj route =
                Json.object(
                        "match",
                        Json.object("path", Json.object("prefix", "/")),
                        "upstreams",
                        new Json.Arr(List.of(to)));
        return CanonicalJson.write(
                Json.object(
                        "certificate",
                        Json.object(
                                "authorities",
                                Json.Arr.of(List.of(authority.toString())),
                                "challenges",
                                Json.Arr.of(List.of("tls-alpn-01", "http-01"))),
                        "domain",
                        name,
                        "routes",
                        new Json.Arr(List.of(route))));
    }
}
