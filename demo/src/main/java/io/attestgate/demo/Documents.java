package io.attestgate.demo;

import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The two policy documents of the demo, in their canonical bytes. */
final class Documents {
    private Documents() {}

    /**
     * The gateway's: every trust field is said, since none has a default.
     *
     * @param platform that it may run on
     * @param root in which its evidence must end
     */
    static byte[] gateway(URI authority, String platform, String root) {
        return CanonicalJson.write(gatewayObject(authority, platform, root));
    }

    /** The same with a default of Strict-Transport-Security in whole days. */
    static byte[] gatewayWithHsts(URI authority, String platform, String root, Duration maxAge) {
        Map<String, Json> members =
                new HashMap<>(gatewayObject(authority, platform, root).members());
        members.put("defaults", Json.object("hsts", Json.object("maxAge", maxAge.toDays() + "d")));
        return CanonicalJson.write(new Json.Obj(members));
    }

    private static Json.Obj gatewayObject(URI authority, String platform, String root) {
        Json.Obj kind = Json.object("kind", platform, "roots", Json.Arr.of(List.of(root)));
        return Json.object(
                "authorities", Json.Arr.of(List.of(authority.toString())),
                "domain", "",
                "evidence", Json.object("atLeast", 1, "require", new Json.Arr(List.of(kind))),
                "instances", "any",
                "platforms", Json.Arr.of(List.of(platform)),
                "rollbackRisk", "accepted",
                "tcbStates", Json.Arr.of(List.of("unjudged")));
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
