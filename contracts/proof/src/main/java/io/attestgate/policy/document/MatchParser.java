package io.attestgate.policy.document;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which requests a route or a redirect is about. */
final class MatchParser {
    /** What a path may consist of (RFC 3986 §3.3), from its first slash. */
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._~!$&'()*+,;=:@%-]{0,1023}");

    /** Answered by the gateway itself, so no route can be about it. */
    private static final String OWN_PREFIX = "/.well-known/attestgate";

    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");

    /** A proxy would have to become a tunnel or an echo (RFC 9110 §9.3.6, §9.3.8). */
    private static final Set<String> METHODS_NEVER = Set.of("CONNECT", "TRACE");

    private static final int METHODS_MAX = 16;
    private static final int HEADERS_MAX = 16;

    /** Everything. */
    static final Match ALL = new Match(new PathMatch.Prefix("/"), Set.of(), List.of());

    private MatchParser() {}

    static Optional<Match> read(Node node) {
        Fields fields = node.fields();
        Optional<PathMatch> path = fields.optional("path", MatchParser::path);
        Optional<Set<String>> methods =
                fields.optional("methods", list -> list.set(METHODS_MAX, MatchParser::method));
        Optional<List<HeaderMatch>> headers =
                fields.optional("headers", list -> list.list(0, HEADERS_MAX, MatchParser::header));
        fields.end();
        return Optional.of(
                new Match(
                        path.orElse(ALL.path()),
                        methods.orElse(Set.of()),
                        headers.orElse(List.of())));
    }

    private static Optional<PathMatch> path(Node node) {
        Fields fields = node.fields();
        Optional<PathMatch> prefix = fields.optional("prefix", MatchParser::prefix);
        Optional<PathMatch> exact = fields.optional("exact", MatchParser::exact);
        fields.end();
        boolean one = fields.node("prefix").isPresent() != fields.node("exact").isPresent();
        return one ? prefix.or(() -> exact) : node.fault("either prefix or exact");
    }

    private static Optional<PathMatch> prefix(Node node) {
        return node.text(
                        "a path from / on that ends in no slash but its first",
                        path -> isPath(path) && (path.equals("/") || !path.endsWith("/")))
                .map(PathMatch.Prefix::new);
    }

    private static Optional<PathMatch> exact(Node node) {
        return node.text("a path from / on", MatchParser::isPath).map(PathMatch.Exact::new);
    }

    static boolean isPath(String text) {
        boolean own = text.equals(OWN_PREFIX) || text.startsWith(OWN_PREFIX + "/");
        return PATH.matcher(text).matches() && !own && !hasDotSegment(text);
    }

    /** A dot segment is gone before a path is compared (RFC 3986 §5.2.4). */
    private static boolean hasDotSegment(String path) {
        return Arrays.stream(path.split("/", -1))
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }

    private static Optional<String> method(Node node) {
        return node.text(
                "a method in capitals, neither CONNECT nor TRACE",
                text -> METHOD.matcher(text).matches() && !METHODS_NEVER.contains(text));
    }

    private static Optional<HeaderMatch> header(Node node) {
        Fields fields = node.fields();
        Optional<String> name = fields.required("name", HeaderParser.NAME_FORM, HeaderParser::name);
        Optional<String> value = fields.optional("value", HeaderParser::value);
        fields.end();
        return name.map(n -> new HeaderMatch(n, value));
    }
}
