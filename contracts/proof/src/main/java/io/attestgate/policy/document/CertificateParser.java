package io.attestgate.policy.document;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads from whom a name's certificate comes, and how. */
final class CertificateParser {
    /** Two thirds of its life: what ACME authorities ask for. */
    private static final int RENEW_AT_LIFE_PERCENT = 66;

    /** Below it an authority's rate limits bite; above it one outage lets the certificate end. */
    private static final int RENEW_PERCENT_MIN = 10;

    private static final int RENEW_PERCENT_MAX = 90;

    private CertificateParser() {}

    static Optional<CertificateRule> read(PolicyName slot, Node node) {
        Fields fields = node.fields().notEnforced("profile", "caa", "ct");
        Optional<List<URI>> authorities =
                fields.required(
                        "authorities",
                        "a list of ACME directories: whom to trust has no default",
                        list -> list.list(1, Trust.AUTHORITIES_MAX, Trust::authority));
        Optional<List<Challenge>> challenges =
                fields.optional(
                        "challenges",
                        list ->
                                list.list(
                                        1,
                                        Challenge.values().length,
                                        challenge -> challenge.word(Challenge.class)));
        Optional<KeyType> keyType = fields.optional("keyType", type -> type.word(KeyType.class));
        Optional<Integer> renewal = fields.optional("renewal", CertificateParser::renewal);
        fields.end();
        if (slot.isWildcard()) {
            return node.fault(
                    "a name that is no wildcard: only dns-01 proves one (RFC 8555 §7.1.3), which"
                            + " this release lacks");
        }
        return authorities.map(
                list ->
                        new CertificateRule(
                                list,
                                challenges.orElse(List.of(Challenge.TLS_ALPN_01)),
                                keyType.orElse(KeyType.EC_P256),
                                renewal.orElse(RENEW_AT_LIFE_PERCENT)));
    }

    private static Optional<Integer> renewal(Node node) {
        Fields fields = node.fields();
        Optional<Integer> percent =
                fields.optional(
                        "atLifePercent",
                        value -> value.integer(RENEW_PERCENT_MIN, RENEW_PERCENT_MAX));
        fields.end();
        return percent;
    }
}
