package io.attestgate.proxy.main;

import io.attestgate.certificate.challenge.AlpnAnswer;
import io.attestgate.certificate.challenge.Challenges;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.key.ServingCertificate;
import io.attestgate.proxy.tls.TlsIdentities;
import io.attestgate.proxy.tls.TlsIdentity;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the certificate way publishes, as the request way asks for it: the same identity for as long
 * as it is the same certificate. Any thread; neither blocks nor locks for long.
 */
final class ServedIdentities implements TlsIdentities {
    private final Certificates certificates;
    private final Challenges challenges;
    private final Map<Hostname, Made<ServingCertificate>> serving = new ConcurrentHashMap<>();
    private final Map<Hostname, Made<AlpnAnswer>> answering = new ConcurrentHashMap<>();

    /** An identity and what it was made from, which is compared by identity. */
    private record Made<T>(T from, TlsIdentity identity) {
        @SuppressWarnings("ReferenceEquality") // Another instance is another certificate.
        boolean isFrom(T current) {
            return from == current;
        }
    }

    ServedIdentities(Certificates certificates, Challenges challenges) {
        this.certificates = certificates;
        this.challenges = challenges;
    }

    @Override
    public Optional<TlsIdentity> serving(Hostname host) {
        Optional<ServingCertificate> current = certificates.current(host);
        if (current.isEmpty()) {
            serving.remove(host);
            return Optional.empty();
        }
        ServingCertificate certificate = current.get();
        Made<ServingCertificate> made = serving.get(host);
        if (made == null || !made.isFrom(certificate)) {
            made = new Made<>(certificate, identity(certificate));
            serving.put(host, made);
        }
        return Optional.of(made.identity());
    }

    @Override
    public Optional<TlsIdentity> challenge(Hostname host) {
        Optional<AlpnAnswer> current = challenges.alpn(host);
        if (current.isEmpty()) {
            answering.remove(host);
            return Optional.empty();
        }
        AlpnAnswer answer = current.get();
        Made<AlpnAnswer> made = answering.get(host);
        if (made == null || !made.isFrom(answer)) {
            made = new Made<>(answer, identity(answer));
            answering.put(host, made);
        }
        return Optional.of(made.identity());
    }

    private static TlsIdentity identity(ServingCertificate certificate) {
        return new TlsIdentity(
                certificate.chain(), certificate.privateKey(), certificate.spkiSha256());
    }

    private static TlsIdentity identity(AlpnAnswer answer) {
        byte[] spki = answer.certificate().getPublicKey().getEncoded();
        return new TlsIdentity(
                List.of(answer.certificate()),
                answer.privateKey(),
                Hash32.of(Digests.sha256(spki)));
    }
}
