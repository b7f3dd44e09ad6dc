package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Der;
import io.attestgate.verify.x509.Links;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;

/**
 * What a responder said about certificates (RFC 6960 §4.2), read and believed in nothing.
 *
 * <p>Remembers the key that it was last verified with. Any thread.
 */
final class OcspAnswer {
    /** NVIDIA's have 1 KiB. */
    static final int SIZE_BYTES_MAX = 16 * 1024;

    private static final int STATEMENTS_MAX = 16;
    private static final int RESPONDERS_MAX = 4;
    private static final String CLAUSE = "RFC 6960 §4.2.1";

    private final List<OcspStatement> statements;
    private final List<X509Certificate> responders;
    private final OcspSignature signature;

    private OcspAnswer(
            List<OcspStatement> statements,
            List<X509Certificate> responders,
            OcspSignature signature) {
        this.statements = List.copyOf(statements);
        this.responders = List.copyOf(responders);
        this.signature = signature;
    }

    /** Reads one answer in DER and nothing after it. */
    static Parsed<OcspAnswer> parse(byte[] der) {
        try {
            if (der.length > SIZE_BYTES_MAX) {
                throw new MalformedException("ocsp", der.length + " bytes", "at most 16 KiB");
            }
            Der reader = Der.of(der);
            byte[] whole = reader.value(Der.SEQUENCE);
            reader.finish();
            return Parsed.good(read(new OCSPResp(whole)));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        } catch (IOException | OCSPException | RuntimeException e) {
            // The library throws what it likes for bytes that are none.
            return Parsed.bad(new Fault("ocsp", der.length + " bytes", "an answer, " + CLAUSE));
        }
    }

    private static OcspAnswer read(OCSPResp answer) throws MalformedException, OCSPException {
        if (answer.getStatus() != OCSPResp.SUCCESSFUL
                || !(answer.getResponseObject() instanceof BasicOCSPResp basic)) {
            throw new MalformedException(
                    "ocsp", "status " + answer.getStatus(), "a successful basic answer");
        }
        SingleResp[] all = basic.getResponses();
        X509CertificateHolder[] carried = basic.getCerts();
        if (all.length > STATEMENTS_MAX || carried.length > RESPONDERS_MAX) {
            throw new MalformedException(
                    "ocsp", all.length + " statements", "at most 16, and 4 certificates");
        }
        if (!basic.getCriticalExtensionOIDs().isEmpty()) {
            throw new MalformedException("ocsp", "a critical extension", "none that is unknown");
        }
        return new OcspAnswer(statements(all), responders(carried), OcspSignature.of(basic));
    }

    private static List<OcspStatement> statements(SingleResp[] all) throws MalformedException {
        List<OcspStatement> statements = new ArrayList<>();
        for (SingleResp one : all) {
            statements.add(OcspStatement.read(one));
        }
        return statements;
    }

    private static List<X509Certificate> responders(X509CertificateHolder[] carried)
            throws MalformedException {
        List<X509Certificate> responders = new ArrayList<>();
        for (X509CertificateHolder holder : carried) {
            try {
                responders.add(MalformedException.good(Certificates.parse(holder.getEncoded())));
            } catch (IOException e) {
                throw new MalformedException("ocsp", "a certificate", "one in DER");
            }
        }
        return responders;
    }

    /** What it says of that certificate of that issuer. */
    List<OcspStatement> about(X509Certificate certificate, X509Certificate issuer) {
        return statements.stream().filter(one -> one.isAbout(certificate, issuer)).toList();
    }

    /**
     * Why nobody who may answer for that issuer signed it; empty if somebody did.
     *
     * @param at when the responder's certificate must hold
     */
    Optional<Refusal> unsigned(X509Certificate issuer, Links links, Instant at) {
        if (signature.isBy(issuer.getPublicKey())) {
            return Optional.empty();
        }
        return responders.stream()
                        .anyMatch(
                                one ->
                                        OcspSignature.mayAnswer(one, issuer, links, at)
                                                && signature.isBy(one.getPublicKey()))
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.COLLATERAL,
                                "an OCSP answer that another signed",
                                "one signed by %s, or by whom it names for that"
                                        .formatted(Certificates.name(issuer)),
                                "RFC 6960 §4.2.2.2"));
    }
}
