package io.attestgate.policy.document;

import io.attestgate.policy.document.LogRule.ClientAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what may leave the enclave where the operator reads it. */
final class LogParser {
    private static final int HEADERS_MAX = 16;

    private LogParser() {}

    static Optional<LogRule> read(Node node) {
        Fields fields = node.fields();
        Optional<ClientAddress> address =
                fields.optional("clientAddress", much -> much.word(ClientAddress.class));
        Optional<Boolean> path = fields.optional("path", Node::bool);
        Optional<Boolean> query = fields.optional("query", Node::bool);
        Optional<List<String>> headers =
                fields.optional("headers", list -> list.list(0, HEADERS_MAX, HeaderParser::name));
        fields.end();
        return Optional.of(
                new LogRule(
                        address.orElse(ClientAddress.NONE),
                        path.orElse(false),
                        query.orElse(false),
                        headers.<Set<String>>map(Set::copyOf).orElse(Set.of())));
    }
}
