package io.attestgate.policy.document;

import java.util.List;
import java.util.Set;

/**
 * Which requests a route or a redirect is about: those that meet every condition.
 *
 * @param path of the request
 * @param methods any of these; empty for every method
 * @param headers each of these
 */
public record Match(PathMatch path, Set<String> methods, List<HeaderMatch> headers) {
    public Match {
        methods = Set.copyOf(methods);
        headers = List.copyOf(headers);
    }
}
