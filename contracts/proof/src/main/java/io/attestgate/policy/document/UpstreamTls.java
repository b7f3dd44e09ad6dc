package io.attestgate.policy.document;

import io.attestgate.wire.Hostname;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** How the connection to an upstream is protected. */
public sealed interface UpstreamTls {

    /** Not at all; the document says of it {@code "upstreamTls": "none-accepted"}. */
    record None() implements UpstreamTls {}

    /**
     * TLS, with the upstream's certificate verified.
     *
     * @param roots what its chain must end in: any of them
     * @param serverName the name to ask for and to find in the certificate; empty to take the URL's
     *     host, which may be an address
     */
    record Verified(List<Root> roots, Optional<Hostname> serverName) implements UpstreamTls {
        public Verified {
            roots = List.copyOf(roots);
        }
    }

    /** What a chain of certificates may end in. */
    sealed interface Root {

        /** The roots of the Web PKI, as the Java runtime in the enclave has them. */
        record WebPki() implements Root {}

        /** This certificate. */
        record Certificate(X509Certificate certificate) implements Root {}
    }
}
