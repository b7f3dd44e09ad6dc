package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.SealedJson;
import io.attestgate.certificate.account.SealedStateException;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last attempts at each authority came to, since the last success. Immutable.
 *
 * <p>Sealed, so that whoever restarts us again and again cannot make us ask an authority more often
 * than it allows.
 */
record Attempts(Map<URI, Failed> byAuthority) {
    static final Attempts NONE = new Attempts(Map.of());

    /**
     * @param count failures in a row
     * @param at when the last one was
     * @param notBefore when the authority may be asked again
     * @param type the problem type of the last
     * @param detail the authority's own words
     */
    record Failed(int count, Instant at, Instant notBefore, String type, String detail) {}

    Attempts {
        byAuthority = Map.copyOf(byAuthority);
    }

    Attempts with(URI authority, Failed failed) {
        Map<URI, Failed> more = new LinkedHashMap<>(byAuthority);
        more.put(authority, failed);
        return new Attempts(more);
    }

    /** Those at these authorities; what the policy no longer names is forgotten. */
    Attempts at(Collection<URI> authorities) {
        Map<URI, Failed> some = new LinkedHashMap<>(byAuthority);
        some.keySet().retainAll(authorities);
        return new Attempts(some);
    }

    int failures(URI authority) {
        Failed failed = byAuthority.get(authority);
        return failed == null ? 0 : failed.count();
    }

    /** When that authority may be asked; the beginning of time if it never failed. */
    Instant notBefore(URI authority) {
        Failed failed = byAuthority.get(authority);
        return failed == null ? Instant.EPOCH : failed.notBefore();
    }

    /** The failure that happened last, with its authority. */
    Optional<Map.Entry<URI, Failed>> last() {
        return byAuthority.entrySet().stream()
                .max(Comparator.comparing(entry -> entry.getValue().at()));
    }

    byte[] toSealed() {
        List<Json> failures = new ArrayList<>();
        byAuthority.forEach(
                (authority, failed) ->
                        failures.add(
                                Json.object(
                                        "authority", authority.toString(),
                                        "count", failed.count(),
                                        "at", failed.at().toString(),
                                        "notBefore", failed.notBefore().toString(),
                                        "type", failed.type(),
                                        "detail", failed.detail())));
        return CanonicalJson.write(Json.object("failures", new Json.Arr(failures)));
    }

    static Attempts ofSealed(String entry, byte[] sealed) throws SealedStateException {
        SealedJson json = SealedJson.parse(entry, sealed);
        Map<URI, Failed> failures = new LinkedHashMap<>();
        for (Json element : json.array("failures").elements()) {
            SealedJson failed = json.inner(element);
            failures.put(
                    failed.uri("authority"),
                    new Failed(
                            Math.toIntExact(failed.integer("count")),
                            failed.instant("at"),
                            failed.instant("notBefore"),
                            failed.text("type"),
                            failed.text("detail")));
        }
        return new Attempts(failures);
    }
}
