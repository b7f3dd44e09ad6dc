package io.attestgate.proxy.tls;

import io.attestgate.wire.Hostname;

/** Whether we speak TLS for a name, and how. Called on event loops, once a handshake. */
@FunctionalInterface
public interface TlsPolicy {

    Admission admission(Hostname host);

    /** The answer for one name at this instant. */
    sealed interface Admission {

        /** The policy has the name. */
        record Served(TlsTerms terms) implements Admission {}

        /** It has not, or no longer: the handshake ends with {@code unrecognized_name}. */
        record Unknown() implements Admission {}
    }
}
