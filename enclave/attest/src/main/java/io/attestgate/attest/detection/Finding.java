package io.attestgate.attest.detection;

import java.util.List;
import java.util.Optional;

/**
 * Whether one platform is on a machine.
 *
 * @param platform its name
 * @param lookedAt the absolute paths that would show it, as code inside the TEE names them; none
 *     for a platform that is everywhere
 * @param found the first of them that is there; empty if none is
 */
public record Finding(String platform, List<String> lookedAt, Optional<String> found) {
    public Finding {
        lookedAt = List.copyOf(lookedAt);
    }

    /** Whether it is there: what needs no sign always is. */
    public boolean isThere() {
        return lookedAt.isEmpty() || found.isPresent();
    }

    /** The name, with what showed it. */
    @Override
    public String toString() {
        return platform + found.map(path -> " (" + path + ")").orElse("");
    }
}
