package io.attestgate.policy.document;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the document of one name. */
final class DomainParser {
    private static final int ROUTES_MAX = 256;

    private DomainParser() {}

    static Optional<DomainDocument> read(PolicyName slot, Node node) {
        Fields fields = node.fields();
        fields.required("domain", '"' + slot.value() + '"', domain -> slotName(slot, domain));
        Optional<Set<String>> platforms = fields.optional("platforms", Trust::platforms);
        Optional<Set<TcbState>> tcbStates = fields.optional("tcbStates", Trust::tcbStates);
        Optional<Set<TlsVersion>> tlsVersions = fields.optional("tls", DomainParser::tlsVersions);
        Optional<CertificateRule> certificate =
                fields.required(
                        "certificate",
                        "an object that names authorities",
                        rule -> CertificateParser.read(slot, rule));
        Bounds bounds = BoundsParser.read(fields);
        Optional<Hsts> hsts = fields.optional("hsts", HstsParser::read);
        Optional<List<Redirect>> redirects =
                fields.optional(
                        "redirects", list -> list.list(0, ROUTES_MAX, RedirectParser::read));
        Optional<List<RouteDocument>> routes =
                fields.required(
                        "routes",
                        "a list of routes",
                        list -> list.list(1, ROUTES_MAX, RouteParser::read));
        fields.end();
        return certificate.flatMap(
                rule ->
                        routes.map(
                                list ->
                                        new DomainDocument(
                                                slot,
                                                platforms,
                                                tcbStates,
                                                tlsVersions,
                                                rule,
                                                bounds,
                                                hsts,
                                                redirects.orElse(List.of()),
                                                list)));
    }

    private static Optional<String> slotName(PolicyName slot, Node domain) {
        return domain.text(
                "\"%s\", the name of its slot".formatted(slot.value()), slot.value()::equals);
    }

    private static Optional<Set<TlsVersion>> tlsVersions(Node node) {
        Fields fields = node.fields().notEnforced("clientAuthentication");
        fields.optional(
                "mode",
                mode ->
                        mode.text(
                                "one that this release enforces: terminate", "terminate"::equals));
        Optional<Set<TlsVersion>> versions = fields.optional("versions", Trust::tlsVersions);
        fields.end();
        return versions;
    }
}
