package io.attestgate.certificate.renewal;

import io.attestgate.attest.Platforms;
import io.attestgate.attest.evidence.Attestor;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.certificate.account.Accounts;
import io.attestgate.certificate.account.AcmeTransport;
import io.attestgate.certificate.account.AuthorityRoots;
import io.attestgate.certificate.account.CompartmentEntries;
import io.attestgate.certificate.challenge.Challenges;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.key.EnclaveIdentity;
import io.attestgate.certificate.key.EnclaveKeyEvidence;
import io.attestgate.certificate.key.EnforcedPolicy;
import io.attestgate.certificate.order.ChallengeType;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * A process with the real sealed store, platform and keeper, made to be killed: says READY when it
 * begins, SERVED when the name has its certificate, and then waits for its end.
 */
final class KilledProcess {
    private static final Hash32 CONFIG = Hash32.ZERO;

    private KilledProcess() {}

    /**
     * @param args state directory, file of the authority's root, its directory, HTTP port, TLS
     *     port, name
     */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        Platform platform = Platforms.open("simulated", directory, CONFIG);
        try (SealedStore store = SealedStore.open(directory, platform, CONFIG);
                ChallengeServer server =
                        ChallengeServer.open(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
                AcmeTransport transport =
                        AcmeTransport.open(AuthorityRoots.of(List.of(root(args[1]))), clock)) {
            System.out.println("READY");
            Challenges challenges = new Challenges(clock, random);
            server.answerFrom(challenges);
            Certificates certificates = new Certificates(clock);
            Accounts accounts =
                    new Accounts(
                            new CompartmentEntries(store.compartment(Purpose.ACME_ACCOUNT)),
                            transport,
                            List.of(),
                            random);
            KeeperParts parts =
                    new KeeperParts(
                            accounts,
                            name -> new CompartmentEntries(store.compartment(Purpose.tls(name))),
                            evidence(platform),
                            challenges,
                            certificates,
                            clock,
                            random);
            try (CertificateKeeper keeper = CertificateKeeper.open(parts)) {
                Hostname name = new Hostname(args[5]);
                keeper.want(Bench.wanted(URI.create(args[2]), ChallengeType.TLS_ALPN_01, name));
                Bench.await(
                        () -> certificates.current(name).isPresent(),
                        () -> keeper.status().toString());
                System.out.println("SERVED " + accounts.all());
                Bench.await(() -> false, () -> "nobody killed us");
            }
        }
    }

    private static EnclaveKeyEvidence evidence(Platform platform) throws Exception {
        EnclaveIdentity identity =
                new EnclaveIdentity(
                        platform.name(), platform.measurement(CONFIG), CONFIG, platform.instance());
        EnforcedPolicy policy =
                new EnforcedPolicy(
                        new PolicyReference(
                                31337, Address.of(new byte[20]), 1, Hash32.ZERO, 1, Hash32.ZERO),
                        new DocumentHashes(Hash32.ZERO, Hash32.ZERO));
        return new EnclaveKeyEvidence(
                new Attestor(platform, Executors.newVirtualThreadPerTaskExecutor()),
                identity,
                name -> Optional.of(policy),
                Optional.empty());
    }

    private static X509Certificate root(String file) throws Exception {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }
}
