package io.attestgate.policy.document;

import io.attestgate.policy.document.HeaderEdits.HeaderField;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads header names and values, and what a route changes in them. */
final class HeaderParser {
    static final String NAME_FORM = "a field name in lower case";

    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** Printable ASCII without space at either end (RFC 9110 §5.5). */
    private static final Pattern VALUE = Pattern.compile("|[!-~]|[!-~][ -~]{0,1022}[!-~]");

    private static final int FIELDS_MAX = 32;

    /**
     * What the gateway itself decides: the length and the connection of a message (RFC 9110
     * §7.6.1), whom it is for, and what is told about the client. A rule about these would open
     * request smuggling or forge the client's address.
     */
    private static final Set<String> OURS =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "forwarded",
                    "host",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "strict-transport-security",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private static final List<String> OUR_PREFIXES = List.of("x-forwarded-", "sec-websocket-");

    private HeaderParser() {}

    static Optional<HeaderRules> rules(Node node) {
        Fields fields = node.fields();
        Optional<HeaderEdits> request = fields.optional("request", HeaderParser::edits);
        Optional<HeaderEdits> response = fields.optional("response", HeaderParser::edits);
        fields.end();
        return Optional.of(
                new HeaderRules(
                        request.orElse(HeaderEdits.NONE), response.orElse(HeaderEdits.NONE)));
    }

    static Optional<String> name(Node node) {
        return node.text(NAME_FORM, text -> NAME.matcher(text).matches());
    }

    static Optional<String> value(Node node) {
        return node.text(
                "printable ASCII without space at either end",
                text -> VALUE.matcher(text).matches());
    }

    private static Optional<HeaderEdits> edits(Node node) {
        Fields fields = node.fields();
        Optional<List<String>> remove =
                fields.optional(
                        "remove", list -> list.list(0, FIELDS_MAX, HeaderParser::editableName));
        Optional<List<HeaderField>> set =
                fields.optional("set", list -> list.list(0, FIELDS_MAX, HeaderParser::field));
        Optional<List<HeaderField>> add =
                fields.optional("add", list -> list.list(0, FIELDS_MAX, HeaderParser::field));
        fields.end();
        return Optional.of(
                new HeaderEdits(
                        remove.orElse(List.of()), set.orElse(List.of()), add.orElse(List.of())));
    }

    private static Optional<HeaderField> field(Node node) {
        Fields fields = node.fields();
        Optional<String> name = fields.required("name", NAME_FORM, HeaderParser::editableName);
        Optional<String> value =
                fields.required("value", "the value of the field", HeaderParser::value);
        fields.end();
        return name.flatMap(n -> value.map(v -> new HeaderField(n, v)));
    }

    private static Optional<String> editableName(Node node) {
        return name(node)
                .flatMap(
                        name ->
                                isOurs(name)
                                        ? node.fault("a field that the gateway does not decide")
                                        : Optional.of(name));
    }

    private static boolean isOurs(String name) {
        return OURS.contains(name) || OUR_PREFIXES.stream().anyMatch(name::startsWith);
    }
}
