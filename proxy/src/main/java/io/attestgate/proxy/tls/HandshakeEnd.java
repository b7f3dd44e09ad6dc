package io.attestgate.proxy.tls;

/** How a handshake ended, as metrics count it. */
public enum HandshakeEnd {
    /** Keys were agreed, by a signature or by a ticket of ours. */
    COMPLETED,
    /** An authority's {@code acme-tls/1} was answered. */
    CHALLENGE,
    /** The client named no host, or none that the policy has. */
    UNKNOWN_NAME,
    /** The policy has the name and we have no certificate for it. */
    NO_CERTIFICATE,
    /** The client offers application protocols, and none of ours. */
    NO_PROTOCOL,
    /** It was no TLS, broke its rules, was abandoned or took too long. */
    FAILED
}
