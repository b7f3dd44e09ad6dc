package io.attestgate.proxy.wellknown;

import io.attestgate.certificate.key.AttestedKey;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.key.ServingCertificate;
import io.attestgate.verify.claims.Binding;
import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.verify.claims.TlsKeys;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Puts together what we claim, in the role of an endpoint. */
final class EndpointStatement {
    /**
     * The nonce makes claims fresh, so this is only how far the clocks of client and enclave may be
     * apart.
     */
    static final Duration LIFE = Duration.ofMinutes(5);

    private final WellKnownParts parts;

    EndpointStatement(WellKnownParts parts) {
        this.parts = parts;
    }

    /**
     * The claims for one question.
     *
     * @param spki of the key that signed the handshake of the connection that asks
     */
    EndpointClaims claims(Hash32 nonce, Hostname host, Hash32 spki, Enforced enforced) {
        Instant now = parts.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return new EndpointClaims(
                nonce,
                now,
                now.plus(LIFE),
                host,
                new TlsKeys(spki, next(host, spki)),
                new Binding.Spki(),
                parts.answerKeys().signingKey(),
                parts.answerKeys().httpKey(),
                parts.accounts().get(),
                enforced.reference(),
                enforced.documents(),
                parts.config(),
                Optional.empty(),
                parts.instance());
    }

    /** What follows the connection's key: what is served already, if that is another one. */
    private Optional<Hash32> next(Hostname host, Hash32 spki) {
        Certificates certificates = parts.certificates();
        return certificates
                .current(host)
                .map(ServingCertificate::spkiSha256)
                .filter(current -> !current.equals(spki))
                .or(() -> certificates.next(host).map(AttestedKey::spkiSha256));
    }
}
