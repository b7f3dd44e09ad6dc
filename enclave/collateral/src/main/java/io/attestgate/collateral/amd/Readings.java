package io.attestgate.collateral.amd;

import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.Question.Reading;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.snp.Signer;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.verify.snp.VekExtensions;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.net.http.HttpHeaders;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How AMD's answers are read: each is what was asked for, signed by who vouches for it. */
final class Readings {
    private Readings() {}

    /** The certificate of that chip's key for that TCB. */
    record Vcek(SnpProduct product, Octets hardwareId, SnpTcb tcb, X509Certificate issuer)
            implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            return Certificates.parse(body)
                    .then(
                            certificate ->
                                    VekExtensions.of(certificate)
                                            .then(this::named)
                                            .then(
                                                    named ->
                                                            Parsed.good(
                                                                    Answer.of(
                                                                            "vcek.der",
                                                                            body,
                                                                            begins(certificate),
                                                                            ends(certificate)))))
                    .then(answer -> signed(body, answer));
        }

        private Parsed<Answer> signed(byte[] body, Answer answer) {
            return Certificates.parse(body)
                            .toOptional()
                            .filter(one -> Certificates.isIssuedBy(one, issuer))
                            .isPresent()
                    ? Parsed.good(answer)
                    : nobodys("a key's certificate", issuer);
        }

        private Parsed<VekExtensions> named(VekExtensions key) {
            boolean same =
                    key.product() == product
                            && key.hardwareId().filter(hardwareId::equals).isPresent()
                            && SnpTcb.of(product, key.tcb()).equals(tcb);
            return same
                    ? Parsed.good(key)
                    : Parsed.bad(
                            new Fault(
                                    "answer",
                                    "a key's certificate for another chip or TCB",
                                    "%s, chip %s, %s".formatted(product, hardwareId, tcb)));
        }
    }

    /** The authorities of that product, below a root that the asker trusts. */
    record Chain(Signer signer, SnpProduct product, Trust trust) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            return Authorities.parse(body, signer, product)
                    .then(
                            read ->
                                    trust.signed(
                                            Answer.of(
                                                    "cert_chain_%s.pem".formatted(lower(product)),
                                                    body,
                                                    read.issued(),
                                                    read.ends()),
                                            roots -> unsigned(read, roots)));
        }

        private static Optional<Refusal> unsigned(Authorities read, Set<Hash32> roots) {
            return read.isBelow(roots)
                    ? Optional.empty()
                    : Optional.of(
                            new Refusal(
                                    Check.ROOT,
                                    "a chain to " + Certificates.sha256(read.root()),
                                    "one to a root of " + roots,
                                    "RFC 5280 §6.1"));
        }
    }

    /** The list of that product's root. */
    record RootCrl(SnpProduct product, X509Certificate root) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            return Crl.parse(body)
                    .then(
                            crl ->
                                    crl.unsigned(root).isPresent()
                                            ? nobodys("a revocation list", root)
                                            : Parsed.good(
                                                    Answer.of(
                                                            "crl_%s.der".formatted(lower(product)),
                                                            body,
                                                            crl.thisUpdate(),
                                                            crl.nextUpdate())));
        }
    }

    private static Parsed<Answer> nobodys(String what, X509Certificate issuer) {
        return Parsed.bad(
                new Fault(
                        "answer",
                        what + " that another signed",
                        "one signed by " + Certificates.name(issuer)));
    }

    private static Instant begins(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant();
    }

    private static Instant ends(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static String lower(SnpProduct product) {
        return product.toString().toLowerCase(Locale.ROOT);
    }
}
