package io.attestgate.policy.rpc;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.List;
import java.util.Optional;

/**
 * What an endpoint answered, and who it was.
 *
 * @param results in the order of the calls
 * @param key SHA-256 of the SPKI of the key that the TLS connection of this very answer was
 *     authenticated with; empty for plain http
 */
public record KeyedAnswer(List<Json> results, Optional<Hash32> key) {
    public KeyedAnswer {
        results = List.copyOf(results);
    }
}
