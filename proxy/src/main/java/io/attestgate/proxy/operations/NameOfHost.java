package io.attestgate.proxy.operations;

import io.attestgate.wire.Hostname;
import java.util.Optional;

/**
 * The name of the policy that a host is served by.
 *
 * <p>Metrics and logs tell this name and never the host: below a wildcard anybody may invent hosts,
 * which would grow without bound in metrics, and would tell in logs what a client wrote.
 */
@FunctionalInterface
public interface NameOfHost {
    /** Asked on event loops: must neither block nor lock. */
    Optional<String> nameOf(Hostname host);
}
