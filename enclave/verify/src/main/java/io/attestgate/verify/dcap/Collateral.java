package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.verify.x509.Links;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Intel publishes about its platforms, as somebody brought it: any number of documents of any
 * models and dates. Read, and believed in nothing; each is verified when a quote needs it.
 *
 * <p>Keep one for as long as its documents hold: what verified once is remembered. Any thread.
 */
public final class Collateral {
    private final List<X509Certificate> certificates;
    private final List<Crl> crls;
    private final List<SignedDocument<TcbInfo>> tcbInfos;
    private final List<SignedDocument<EnclaveIdentity>> identities;
    private final List<SignedDocument<EvaluationNumbers>> evaluations;
    private final Links links = new Links();

    Collateral(
            List<X509Certificate> certificates,
            List<Crl> crls,
            List<SignedDocument<TcbInfo>> tcbInfos,
            List<SignedDocument<EnclaveIdentity>> identities,
            List<SignedDocument<EvaluationNumbers>> evaluations) {
        this.certificates = List.copyOf(certificates);
        this.crls = List.copyOf(crls);
        this.tcbInfos = List.copyOf(tcbInfos);
        this.identities = List.copyOf(identities);
        this.evaluations = List.copyOf(evaluations);
    }

    /**
     * Reads every file that has one of the known forms (docs/evidence-dcap.md, collateral), and
     * passes over others; a file of a known form that is broken is a fault.
     */
    public static Parsed<Collateral> parse(Bundle bundle) {
        return new CollateralReader().read(bundle);
    }

    /** Everything that is in it. */
    public List<Holding> holdings() {
        List<Holding> all = new ArrayList<>();
        tcbInfos.forEach(one -> all.add(one.content().holding()));
        identities.forEach(one -> all.add(one.content().holding()));
        evaluations.forEach(one -> all.addAll(one.content().holdings()));
        crls.forEach(one -> all.add(Holding.of(one)));
        certificates.forEach(one -> all.add(Holding.of(one)));
        return all;
    }

    /**
     * Why something in it is signed by nobody below one of those roots, at whatever time; empty if
     * all of it is. The chains of its signers must be in it.
     */
    public Optional<Refusal> unsigned(Set<Hash32> roots) {
        Stream<String> documents =
                Stream.<SignedDocument<? extends Dated>>concat(
                                tcbInfos.stream(), identities.stream())
                        .filter(document -> !isSigned(document, roots))
                        .map(document -> "a document of " + document.content().issueDate());
        Stream<String> lists =
                crls.stream()
                        .filter(crl -> !isSigned(crl, roots))
                        .map(crl -> "a revocation list of " + crl.issuer());
        return Stream.concat(documents, lists)
                .findFirst()
                .map(
                        unsigned ->
                                new Refusal(
                                        Check.COLLATERAL,
                                        unsigned,
                                        "one that is signed below one of " + roots,
                                        "SGX PCK Certificate and CRL Specification, 1"));
    }

    private boolean isSigned(SignedDocument<? extends Dated> document, Set<Hash32> roots) {
        return named(CommonName.TCB_SIGNING).stream()
                .filter(signer -> isBelow(signer, roots))
                .anyMatch(signer -> document.isSignedBy(signer.getPublicKey()));
    }

    private boolean isSigned(Crl crl, Set<Hash32> roots) {
        return certificates.stream()
                .filter(issuer -> isRoot(issuer, roots) || isBelow(issuer, roots))
                .anyMatch(issuer -> crl.unsigned(issuer).isEmpty());
    }

    private boolean isBelow(X509Certificate certificate, Set<Hash32> roots) {
        return certificates.stream()
                .filter(root -> isRoot(root, roots))
                .anyMatch(root -> links.isIssuedBy(certificate, root));
    }

    private static boolean isRoot(X509Certificate certificate, Set<Hash32> roots) {
        return CommonName.is(certificate, CommonName.ROOT)
                && roots.contains(Certificates.sha256(certificate));
    }

    /** What verified before. */
    Links links() {
        return links;
    }

    /** The newest revocation list of that issuer which is of {@code now} or earlier. */
    Optional<Crl> crl(X509Certificate issuer, Instant now) {
        return Crl.newest(crls, issuer, now);
    }

    /** TCB info of that model; of several the newest that is not of the future. */
    Optional<SignedDocument<TcbInfo>> tcbInfo(Tee tee, Octets fmspc, Instant now) {
        return newestDocument(
                tcbInfos.stream()
                        .filter(document -> document.content().tee() == tee)
                        .filter(document -> document.content().fmspc().equals(fmspc))
                        .toList(),
                now);
    }

    /** Any TCB info for that kind of TEE, to say which models there are. */
    Stream<Octets> models(Tee tee) {
        return tcbInfos.stream()
                .map(SignedDocument::content)
                .filter(info -> info.tee() == tee)
                .map(TcbInfo::fmspc);
    }

    /** The identity of that TEE's quoting enclave; of several the newest not of the future. */
    Optional<SignedDocument<EnclaveIdentity>> identity(Tee tee, Instant now) {
        return newestDocument(
                identities.stream()
                        .filter(document -> document.content().id().equals(tee.identityId()))
                        .toList(),
                now);
    }

    /** Certificates whose subject has that common name. */
    List<X509Certificate> named(String commonName) {
        return certificates.stream()
                .filter(certificate -> CommonName.is(certificate, commonName))
                .distinct()
                .toList();
    }

    /** If all are of the future, the oldest: it is refused as such. */
    private static <T extends Dated> Optional<SignedDocument<T>> newestDocument(
            List<SignedDocument<T>> documents, Instant now) {
        Comparator<SignedDocument<T>> byDate =
                Comparator.comparing(document -> document.content().issueDate());
        return documents.stream()
                .filter(document -> !document.content().issueDate().isAfter(now))
                .max(byDate)
                .or(() -> documents.stream().min(byDate));
    }
}
