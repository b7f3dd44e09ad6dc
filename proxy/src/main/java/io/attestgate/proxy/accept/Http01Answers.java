package io.attestgate.proxy.accept;

import io.attestgate.wire.Hostname;
import java.util.Optional;

/**
 * What port 80 answers to a certificate authority (RFC 8555 §8.3).
 *
 * <p>Called on event loops: the implementation neither blocks nor locks.
 */
@FunctionalInterface
public interface Http01Answers {

    /** The key authorization that {@code token} stands for; empty if we did not ask for it. */
    Optional<String> http01(Hostname host, String token);
}
