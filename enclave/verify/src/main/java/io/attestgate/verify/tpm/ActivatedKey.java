package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Octets;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A key that is in the same TPM as a certified EK: its TPM gave back a secret that only it could.
 * Only an answered {@link Challenge} makes one; a reader keeps it as a record in his policy.
 */
public final class ActivatedKey {
    private final Octets name;
    private final Octets endorsementKey;
    private final X509Certificate certificate;
    private final Instant expiry;

    ActivatedKey(Octets name, Octets endorsementKey, X509Certificate certificate, Instant expiry) {
        this.name = name;
        this.endorsementKey = endorsementKey;
        this.certificate = certificate;
        this.expiry = expiry;
    }

    /** The Name of the key. */
    public Octets name() {
        return name;
    }

    /** The Name of the EK. */
    public Octets endorsementKey() {
        return endorsementKey;
    }

    /** The EK's certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * The first instant at which the EK's certificate, its chain or a revocation list has ended.
     */
    public Instant expiry() {
        return expiry;
    }

    @Override
    public String toString() {
        return "ActivatedKey[%s by %s]".formatted(name, endorsementKey);
    }
}
