package io.attestgate.proxy.tls;

import io.attestgate.wire.Hostname;
import java.util.Optional;

/**
 * The keys that we may answer a handshake with.
 *
 * <p>Called on event loops for every handshake: the implementation neither blocks nor locks, and
 * gives the same object while the identity is the same, since contexts are cached by it.
 */
public interface TlsIdentities {

    /** The identity that serves {@code host} now; empty if there is none, which refuses. */
    Optional<TlsIdentity> serving(Hostname host);

    /**
     * The throw-away identity that answers {@code acme-tls/1} for {@code host} (RFC 8737); empty
     * unless an authority is being answered.
     */
    Optional<TlsIdentity> challenge(Hostname host);
}
