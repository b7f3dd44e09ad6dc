package io.attestgate.collateral.amd;

import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.Question.Reading;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.verify.snp.VekExtensions;
import io.attestgate.verify.x509.CertificateFiles;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.net.http.HttpHeaders;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How AMD's answers are read: each is what was asked for. Who signed it is a verifier's to say. */
final class Readings {
    private Readings() {}

    /** The certificate of that chip's key for that TCB. */
    record Vcek(SnpProduct product, Octets hardwareId, SnpTcb tcb) implements Reading {
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
                                                                            ends(certificate)))));
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

    /** The authorities of that product. */
    record Chain(SnpProduct product) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            CertificateFiles files = new CertificateFiles();
            try {
                files.read(body);
            } catch (MalformedException e) {
                return Parsed.bad(e.fault());
            }
            List<X509Certificate> chain = files.certificates();
            String root = "ARK-" + product;
            return chain.stream().anyMatch(one -> Certificates.hasCommonName(one, root))
                    ? Parsed.good(
                            Answer.of(
                                    "cert_chain_%s.pem".formatted(lower(product)),
                                    body,
                                    chain.stream()
                                            .map(Readings::ends)
                                            .min(Instant::compareTo)
                                            .orElseThrow()))
                    : Parsed.bad(
                            new Fault(
                                    "answer",
                                    chain.size() + " certificates",
                                    "a chain with " + root));
        }
    }

    /** The list of that product's root. */
    record RootCrl(SnpProduct product) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            return Crl.parse(body)
                    .then(
                            crl ->
                                    Parsed.good(
                                            Answer.of(
                                                    "crl_%s.der".formatted(lower(product)),
                                                    body,
                                                    crl.nextUpdate())));
        }
    }

    private static Instant ends(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static String lower(SnpProduct product) {
        return product.toString().toLowerCase(Locale.ROOT);
    }
}
