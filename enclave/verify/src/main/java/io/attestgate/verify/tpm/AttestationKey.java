package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.Der;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.security.PublicKey;
import java.util.Optional;

/**
 * The key that a quote says signed it.
 *
 * @param key in its one form
 * @param area all that the TPM says of it; empty if only the numbers are known
 */
public record AttestationKey(PublicKey key, Optional<TpmPublic> area) {

    /** Reads a TPMT_PUBLIC or a SubjectPublicKeyInfo. */
    public static Parsed<AttestationKey> parse(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == Der.SEQUENCE) {
            return Keys.ofSpki(bytes)
                    .map(key -> Parsed.good(new AttestationKey(key, Optional.empty())))
                    .orElseGet(
                            () ->
                                    Parsed.bad(
                                            new Fault(
                                                    "key",
                                                    bytes.length + " bytes",
                                                    "RSA of 2048 to 4096 bits, P-256 or P-384")));
        }
        return TpmPublic.parse(bytes)
                .then(area -> Parsed.good(new AttestationKey(area.key(), Optional.of(area))));
    }

    /** A key of which only the numbers are known. */
    static AttestationKey of(PublicKey key) {
        return new AttestationKey(key, Optional.empty());
    }

    /** The bytes that {@link #parse} reads. */
    Octets toOctets() {
        return area.map(TpmPublic::bytes).orElseGet(() -> Octets.of(key.getEncoded()));
    }

    /** SHA-256 of its SubjectPublicKeyInfo. */
    public Hash32 spki() {
        return Hash32.of(Digests.sha256(key.getEncoded()));
    }

    /** Its Name in the TPM. */
    public Optional<Octets> name() {
        return area.map(TpmPublic::name);
    }
}
