package io.attestgate.proxy.main;

import io.attestgate.certificate.account.Accounts;
import io.attestgate.certificate.account.AcmeTransport;
import io.attestgate.certificate.account.AuthorityRoots;
import io.attestgate.certificate.account.CompartmentEntries;
import io.attestgate.certificate.challenge.Challenges;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.key.EnclaveKeyEvidence;
import io.attestgate.certificate.renewal.CertificateKeeper;
import io.attestgate.certificate.renewal.KeeperParts;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.verify.HardwareSource;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The certificate way, opened: what orders, what is served, what answers challenges. */
record CertificateWay(CertificateKeeper keeper, Certificates certificates, Challenges challenges) {

    /**
     * Opens it on compartments of the enclave's store; nothing is wanted yet.
     *
     * @param hardware what our own evidence is judged by; empty on the simulated platform
     */
    static CertificateWay open(
            Bootstrap bootstrap,
            Enclave enclave,
            PolicyInForce policy,
            Optional<HardwareSource> hardware,
            InstantSource clock,
            Closing closing) {
        SecureRandom random = new SecureRandom();
        Challenges challenges = new Challenges(clock, random);
        Certificates certificates = new Certificates(clock);
        AuthorityRoots roots = AuthorityRoots.of(bootstrap.acme().roots());
        AcmeTransport transport = closing.add(AcmeTransport.open(roots, clock));
        Accounts accounts =
                new Accounts(
                        new CompartmentEntries(enclave.accountKeys()),
                        transport,
                        bootstrap.acme().contact(),
                        random);
        KeeperParts parts =
                new KeeperParts(
                        accounts,
                        host -> new CompartmentEntries(enclave.tlsKeys(host)),
                        new EnclaveKeyEvidence(
                                enclave.attestor(), enclave.identity(), policy::claimed, hardware),
                        challenges,
                        certificates,
                        clock,
                        random);
        CertificateKeeper keeper = closing.add(CertificateKeeper.open(parts));
        return new CertificateWay(keeper, certificates, challenges);
    }
}
