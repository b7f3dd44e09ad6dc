package io.attestgate.collateral.nvidia;

import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.Question;
import io.attestgate.collateral.http.Question.Reading;
import io.attestgate.collateral.http.Service;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.nvidia.CollateralNeeds;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Who says whether NVIDIA has revoked a certificate (RFC 6960; by POST, appendix A.1). Certificates
 * are named by SHA-384, as NVIDIA's responder names them; without a nonce, so that an answer may be
 * kept until its {@code nextUpdate}.
 */
public record OcspService(Service service) {
    /** NVIDIA's public service. */
    public static final String PUBLIC = "https://ocsp.ndis.nvidia.com";

    /** Of a certificate's digest, in the name of its answer. */
    private static final int NAME_BYTES = 8;

    private static final String REQUEST_TYPE = "application/ocsp-request";

    /** What is known of a certificate. */
    public Question status(X509Certificate certificate, X509Certificate issuer) {
        return Question.post(
                service.uri("/"),
                new Question.Post(REQUEST_TYPE, Octets.of(request(certificate, issuer))),
                new Status(new CollateralNeeds.Issued(certificate, issuer), file(certificate)));
    }

    private static String file(X509Certificate certificate) {
        byte[] sha256 = Certificates.sha256(certificate).bytes();
        return "ocsp_%s.der".formatted(HexFormat.of().formatHex(sha256, 0, NAME_BYTES));
    }

    private static byte[] request(X509Certificate certificate, X509Certificate issuer) {
        try {
            DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
            CertificateID id =
                    new CertificateID(
                            digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384)),
                            new JcaX509CertificateHolder(issuer),
                            certificate.getSerialNumber());
            return new OCSPReqBuilder().addRequest(id).build().getEncoded();
        } catch (OperatorCreationException
                | OCSPException
                | IOException
                | CertificateEncodingException e) {
            throw new AssertionError("certificates that were read", e);
        }
    }

    /** An answer about that one certificate, signed for its issuer. */
    record Status(CollateralNeeds.Issued about, String file) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            try {
                return new OCSPResp(body).getResponseObject() instanceof BasicOCSPResp basic
                        ? single(basic, body)
                        : bad("an answer without a status");
            } catch (OCSPException | IOException | RuntimeException e) {
                return bad(body.length + " bytes"); // BouncyCastle throws what it likes.
            }
        }

        private Parsed<Answer> single(BasicOCSPResp basic, byte[] body) {
            SingleResp[] all = basic.getResponses();
            if (all.length != 1) {
                return bad(all.length + " statuses");
            }
            Instant until =
                    Optional.ofNullable(all[0].getNextUpdate())
                            .map(Date::toInstant)
                            .orElse(Instant.EPOCH);
            return about.answered(body)
                    .then(issued -> Parsed.good(Answer.of(file, body, issued, until)));
        }

        private static <T> Parsed<T> bad(String found) {
            return Parsed.bad(
                    new Fault("answer", found, "one status of that certificate (RFC 6960 §4.2)"));
        }
    }
}
