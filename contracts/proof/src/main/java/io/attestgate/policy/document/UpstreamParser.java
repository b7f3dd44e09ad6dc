package io.attestgate.policy.document;

import io.attestgate.wire.Hostname;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads where requests go.
 *
 * <p>The enclave's edge is not visible in an address: on some platforms even loopback is the
 * host's. So every upstream counts as outside, and one without verified TLS is refused unless the
 * document says so by name.
 */
final class UpstreamParser {
    private static final Pattern URL =
            Pattern.compile(
                    "(https?)://([a-z0-9.-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::([1-9][0-9]{0,4}))?");

    private static final int PORT_MAX = 65_535;
    private static final int WEIGHT_MAX = 1000;
    private static final int ROOTS_MAX = 8;

    private UpstreamParser() {}

    static Optional<Upstream> read(Node node) {
        Fields fields = node.fields().notEnforced("evidence");
        Optional<URI> url =
                fields.required(
                        "url",
                        "an http or https URL",
                        value ->
                                value.parsed(
                                        "http or https, a host and perhaps a port, nothing else",
                                        UpstreamParser::url));
        Optional<Integer> weight = fields.optional("weight", value -> value.integer(1, WEIGHT_MAX));
        fields.optional("upstreamTls", word -> word.word(Unverified.class));
        Optional<UpstreamTls> tls = url.flatMap(to -> tls(fields, to));
        fields.optional("tls", Optional::of);
        fields.end();
        return url.flatMap(to -> tls.map(how -> new Upstream(to, weight.orElse(1), how)));
    }

    private static Optional<UpstreamTls> tls(Fields fields, URI url) {
        if (url.getScheme().equals("https")) {
            fields.node("upstreamTls").ifPresent(node -> node.fault("none: the URL is https"));
            return fields.required("tls", "an object that names roots", UpstreamParser::verified);
        }
        fields.node("tls").ifPresent(node -> node.fault("none: the URL is http"));
        return fields.node("upstreamTls").isPresent()
                ? Optional.of(new UpstreamTls.None())
                : refused(fields);
    }

    private static Optional<UpstreamTls> refused(Fields fields) {
        return fields.node("url")
                .flatMap(
                        node ->
                                node.fault(
                                        "https, unless the upstream says \"upstreamTls\":"
                                                + " \"none-accepted\""));
    }

    private static Optional<UpstreamTls> verified(Node node) {
        Fields fields = node.fields();
        Optional<List<UpstreamTls.Root>> roots =
                fields.required(
                        "roots",
                        "a list of \"web-pki\" or certificates in PEM: whom to trust has no"
                                + " default",
                        list -> list.list(1, ROOTS_MAX, RootParser::read));
        Optional<Hostname> serverName =
                fields.optional(
                        "serverName",
                        name ->
                                name.parsed(
                                        "a host name in lower case",
                                        text ->
                                                Hostname.parse(text)
                                                        .filter(h -> h.value().equals(text))));
        fields.end();
        return roots.map(list -> new UpstreamTls.Verified(list, serverName));
    }

    private static Optional<URI> url(String text) {
        Matcher form = URL.matcher(text);
        if (!form.matches() || !isHost(form.group(2)) || !isPort(form.group(3))) {
            return Optional.empty();
        }
        return Uris.parse(text).filter(uri -> uri.getHost() != null);
    }

    private static boolean isHost(String host) {
        return host.startsWith("[")
                || Hostname.parse(host).filter(h -> h.value().equals(host)).isPresent();
    }

    private static boolean isPort(@Nullable String port) {
        return port == null || Integer.parseInt(port) <= PORT_MAX;
    }

    /** That TLS may be absent, said by name. */
    private enum Unverified implements Spelled {
        ACCEPTED("none-accepted");

        private final String spelling;

        Unverified(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }
}
