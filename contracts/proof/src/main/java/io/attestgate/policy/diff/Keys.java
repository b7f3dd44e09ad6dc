package io.attestgate.policy.diff;

import io.attestgate.policy.document.HeaderMatch;
import io.attestgate.policy.document.Match;
import io.attestgate.policy.document.PathMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Names routes and redirects by what they match, since a place in a list moves. */
final class Keys {
    private final List<String> given = new ArrayList<>();

    /**
     * The name of the next one; a second of the same match, which is never reached, is told apart.
     */
    String next(Match match) {
        String name = name(match);
        String key = name;
        for (int n = 2; given.contains(key); n++) {
            key = name + " #" + n;
        }
        given.add(key);
        return key;
    }

    /** All names so far, in order. */
    List<String> given() {
        return List.copyOf(given);
    }

    private static String name(Match match) {
        StringBuilder name = new StringBuilder();
        switch (match.path()) {
            case PathMatch.Prefix prefix -> name.append(prefix.value());
            case PathMatch.Exact exact -> name.append("exactly ").append(exact.value());
        }
        if (!match.methods().isEmpty()) {
            name.append(' ').append(String.join("|", new TreeSet<>(match.methods())));
        }
        for (HeaderMatch header : match.headers()) {
            name.append(' ').append(header.name());
            header.value().ifPresent(value -> name.append('=').append(value));
        }
        return name.toString();
    }
}
