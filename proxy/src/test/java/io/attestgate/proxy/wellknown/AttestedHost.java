package io.attestgate.proxy.wellknown;

import io.attestgate.attest.evidence.Attestor;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.certificate.key.AttestedKey;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.key.CheckedChain;
import io.attestgate.certificate.key.EnclaveIdentity;
import io.attestgate.certificate.key.EnclaveKeyEvidence;
import io.attestgate.certificate.key.EnforcedPolicy;
import io.attestgate.certificate.key.KeyEvidence;
import io.attestgate.certificate.key.KeyEvidence.KeyEvidenceException;
import io.attestgate.certificate.key.ServingCertificate;
import io.attestgate.certificate.key.TlsKey;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.Grounds;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.proxy.route.RouteTable;
import io.attestgate.proxy.tls.TlsIdentity;
import io.attestgate.wire.Address;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** One host of an enclave on the simulated platform: policy, attested keys and certificates. */
final class AttestedHost {
    static final Hash32 CONFIG = Hash32.of(Digests.sha256(new byte[] {7}));

    private static final String GATEWAY =
            """
            {"domain":"","authorities":["https://ca.example/dir"],
             "evidence":{"atLeast":1,"require":[{"kind":"simulated","roots":["development"]}]},
             "instances":"any","platforms":["simulated"],"rollbackRisk":"accepted",
             "tcbStates":["unjudged"]}
            """;

    final Hostname host;
    final Instant now;
    final SimulatedPlatform platform;
    final Attestor attestor;
    final Certificates certificates;
    final RouteTable table;
    final AttestedKey current;
    final AttestedKey next;
    private final SecureRandom random = new SecureRandom();

    AttestedHost(String name, int upstreamPort, Instant now, Path folder)
            throws PlatformException, KeyEvidenceException {
        this.host = new Hostname(name);
        this.now = now;
        this.platform = SimulatedPlatform.open(folder, CONFIG);
        this.attestor = new Attestor(platform, Runnable::run);
        this.table = RouteTable.compile(snapshot(name, upstreamPort, now), RouteTable.empty());
        this.current = attested();
        this.next = attested();
        this.certificates = new Certificates(() -> now);
        certificates.put(host, new Certificates.Keys(Optional.of(serving()), Optional.of(next)));
    }

    private static Snapshot snapshot(String name, int upstreamPort, Instant now) {
        PolicyPoint point =
                new PolicyPoint(31337, Address.ZERO, 2, CONFIG, 3, CONFIG, now.minusSeconds(1));
        Map<PolicyName, NameEntry> names =
                Map.of(
                        PolicyName.GATEWAY,
                        published(GATEWAY),
                        new PolicyName(name),
                        published(domain(name, upstreamPort)));
        Enforcer enforcer = Enforcer.simulated(Enforcer.Rollback.UNPROTECTED);
        return new SnapshotBuilder(enforcer)
                .next(Optional.empty(), PolicyReading.of(point, names))
                .on(Grounds.fulfilled());
    }

    private static String domain(String name, int upstreamPort) {
        return """
        {"domain":"%s",
         "certificate":{"authorities":["https://ca.example/dir"],"challenges":["tls-alpn-01"]},
         "routes":[{"match":{"path":{"prefix":"/"}},"upstreams":[
           {"url":"http://127.0.0.1:%d","upstreamTls":"none-accepted"}]}]}
        """
                .formatted(name, upstreamPort);
    }

    private static NameEntry published(String document) {
        byte[] json = document.getBytes(StandardCharsets.US_ASCII);
        return NameEntry.published(
                StoredDocument.of(
                        CanonicalJson.write(
                                JsonReader.parse(json, 1 << 14).toOptional().orElseThrow())));
    }

    Snapshot snapshot() {
        return table.snapshot().orElseThrow();
    }

    Hash32 measurement() throws PlatformException {
        return platform.measurement(CONFIG);
    }

    private AttestedKey attested() throws PlatformException, KeyEvidenceException {
        TlsKey key = TlsKey.make(host, random);
        EnclaveKeyEvidence evidence =
                new EnclaveKeyEvidence(
                        attestor,
                        new EnclaveIdentity(
                                platform.name(), measurement(), CONFIG, platform.instance()),
                        name -> enforced(),
                        Optional.empty());
        byte[] made = evidence.attest(key, now);
        if (evidence.judge(made, key, now) instanceof KeyEvidence.Judgement.Good good) {
            return AttestedKey.of(key, made, good);
        }
        throw new AssertionError("evidence of our own");
    }

    private Optional<EnforcedPolicy> enforced() {
        return Enforced.of(snapshot(), host, now)
                .map(it -> new EnforcedPolicy(it.reference(), it.documents()));
    }

    private ServingCertificate serving() {
        Parsed<CheckedChain> chain = CheckedChain.of(List.of(selfSigned()), current.key(), now);
        return ServingCertificate.of(
                chain.toOptional().orElseThrow(), current, URI.create("https://ca.example/dir"));
    }

    /** What the TLS stage serves. */
    TlsIdentity identity() {
        return new TlsIdentity(
                List.of(selfSigned()),
                current.key().pair().pair().getPrivate(),
                current.spkiSha256());
    }

    private X509Certificate selfSigned() {
        X500Name name = new X500Name("CN=" + host);
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        name,
                        current.key().pair().pair().getPublic());
        try {
            GeneralName dns = new GeneralName(GeneralName.dNSName, host.value());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(dns));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(current.key().pair().pair().getPrivate())));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
