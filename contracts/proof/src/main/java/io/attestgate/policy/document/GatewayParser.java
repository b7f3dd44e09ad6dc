package io.attestgate.policy.document;

import io.attestgate.wire.Fault;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads the gateway's own document and fills in what it leaves open. */
final class GatewayParser {
    private static final int AUTHORITIES_MAX = 32;

    private GatewayParser() {}

    static Optional<GatewayDocument> read(Node node) {
        Fields fields = node.fields().notEnforced("caa", "ct");
        fields.required(
                "domain",
                "\"\"",
                domain -> domain.text("\"\", the name of its slot", String::isEmpty));
        Optional<Set<String>> platforms =
                fields.required("platforms", noDefault("platforms"), Trust::platforms);
        Optional<Set<TcbState>> tcbStates =
                fields.required("tcbStates", noDefault("TCB states"), Trust::tcbStates);
        Optional<InstanceRule> instances =
                fields.required("instances", noDefault("machines"), InstanceParser::read);
        Optional<EvidenceRule> evidence =
                fields.required("evidence", noDefault("kinds of evidence"), EvidenceParser::read);
        Optional<Set<URI>> authorities =
                fields.required(
                        "authorities",
                        noDefault("ACME directories"),
                        list -> list.set(AUTHORITIES_MAX, Trust::authority));
        Optional<Set<TlsVersion>> tlsVersions = fields.optional("tls", GatewayParser::tlsVersions);
        Bounds ceilings = BoundsParser.read(fields).over(Bounds.USUAL_CEILINGS);
        Optional<Defaults> defaults =
                fields.optional("defaults", value -> defaults(value, ceilings));
        Optional<Staleness> staleness = fields.optional("staleness", StalenessParser::read);
        Optional<LogRule> logs = fields.optional("logs", LogParser::read);
        Optional<RollbackRisk> rollbackRisk =
                fields.optional("rollbackRisk", risk -> risk.word(RollbackRisk.class));
        Optional<HeartbeatRule> heartbeat = fields.optional("heartbeat", HeartbeatParser::read);
        Set<KeyProvider> keyProviders = SealingParser.read(fields);
        fields.end();
        if (platforms.isEmpty()
                || tcbStates.isEmpty()
                || instances.isEmpty()
                || evidence.isEmpty()
                || authorities.isEmpty()) {
            return Optional.empty();
        }
        Defaults usual = defaults.orElse(Defaults.within(ceilings));
        return Optional.of(
                new GatewayDocument(
                        platforms.get(),
                        tcbStates.get(),
                        instances.get(),
                        evidence.get(),
                        authorities.get(),
                        tlsVersions.orElse(EnumSet.allOf(TlsVersion.class)),
                        ceilings,
                        usual.bounds(),
                        usual.hsts(),
                        staleness.orElse(Staleness.USUAL),
                        logs.orElse(LogRule.PRIVATE),
                        rollbackRisk.orElse(RollbackRisk.REFUSED),
                        heartbeat,
                        keyProviders));
    }

    private static String noDefault(String what) {
        return what + " to trust, which have no default";
    }

    private static Optional<Set<TlsVersion>> tlsVersions(Node node) {
        Fields fields = node.fields().notEnforced("exporterBinding");
        Optional<Set<TlsVersion>> versions = fields.optional("versions", Trust::tlsVersions);
        fields.end();
        return versions;
    }

    private static Optional<Defaults> defaults(Node node, Bounds ceilings) {
        Fields fields = node.fields();
        Bounds written = BoundsParser.read(fields);
        Optional<Hsts> hsts = fields.optional("hsts", HstsParser::read);
        fields.end();
        written.exceeding(ceilings)
                .forEach(
                        bound ->
                                node.faults()
                                        .add(
                                                new Fault(
                                                        node.path() + "." + bound.path(),
                                                        written.write(bound),
                                                        "at most the ceiling of "
                                                                + ceilings.write(bound))));
        return Optional.of(
                new Defaults(
                        written.over(Bounds.USUAL.within(ceilings)),
                        hsts.orElse(HstsParser.USUAL)));
    }

    /** What holds for a domain that writes nothing. */
    private record Defaults(Bounds bounds, Hsts hsts) {
        static Defaults within(Bounds ceilings) {
            return new Defaults(Bounds.USUAL.within(ceilings), HstsParser.USUAL);
        }
    }
}
