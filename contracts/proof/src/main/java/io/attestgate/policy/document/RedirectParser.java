package io.attestgate.policy.document;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads an answer that sends the client elsewhere. */
final class RedirectParser {
    /** An absolute path, which no second slash turns into another host, or an https URL. */
    private static final Pattern LOCATION =
            Pattern.compile(
                    "(/|https://[a-z0-9.\\[\\]:-]+/?)([A-Za-z0-9._~!$&'()*+,;=:@%?#-]"
                            + "[A-Za-z0-9/._~!$&'()*+,;=:@%?#-]{0,2047})?");

    /** RFC 9110 §15.4: those that send a client on by their Location. */
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /** Permanent, and the method stays. */
    private static final int STATUS = 308;

    private RedirectParser() {}

    static Optional<Redirect> read(Node node) {
        Fields fields = node.fields();
        Optional<Match> match = fields.optional("match", MatchParser::read);
        Optional<String> location =
                fields.required(
                        "location",
                        "where to",
                        to ->
                                to.text(
                                        "an absolute path or an https URL",
                                        text -> LOCATION.matcher(text).matches()));
        Optional<Integer> status = fields.optional("status", RedirectParser::status);
        fields.end();
        return location.map(
                to -> new Redirect(match.orElse(MatchParser.ALL), to, status.orElse(STATUS)));
    }

    private static Optional<Integer> status(Node node) {
        return node.integer(301, 308)
                .flatMap(
                        status ->
                                STATUSES.contains(status)
                                        ? Optional.of(status)
                                        : node.fault("301, 302, 303, 307 or 308"));
    }
}
