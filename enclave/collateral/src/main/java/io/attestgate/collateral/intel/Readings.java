package io.attestgate.collateral.intel;

import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.Chained;
import io.attestgate.collateral.http.Question.Reading;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.dcap.Collateral;
import io.attestgate.verify.dcap.CollateralNeed;
import io.attestgate.verify.dcap.Tee;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.x509.Crl;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How Intel's answers are read: each is the one document that was asked for, with the chain of who
 * signed it. Where its asker names roots, it is signed below one of them.
 */
final class Readings {
    static final String TCB_CHAIN = "TCB-Info-Issuer-Chain";
    static final String IDENTITY_CHAIN = "SGX-Enclave-Identity-Issuer-Chain";
    static final String CRL_CHAIN = "SGX-PCK-CRL-Issuer-Chain";

    private Readings() {}

    /** TCB info of that model. */
    record TcbInfo(Tee tee, Octets fmspc, Trust trust) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            return signed(
                    trust,
                    headers,
                    TCB_CHAIN,
                    "tcb_info",
                    body,
                    Holding.Form.TCB_INFO,
                    tee.tcbInfoId() + " " + fmspc);
        }
    }

    /** The identity of that TEE's quoting enclave. */
    record Identity(Tee tee, Trust trust) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            return signed(
                    trust,
                    headers,
                    IDENTITY_CHAIN,
                    "qe_identity",
                    body,
                    Holding.Form.QE_IDENTITY,
                    tee.identityId());
        }
    }

    /** TCB recoveries of that TEE. */
    record Evaluations(Tee tee) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            return document(
                    "tcb_evaluation_numbers.json",
                    body,
                    Holding.Form.TCB_RECOVERY,
                    tee.tcbInfoId());
        }
    }

    /** The list of an authority for platforms. */
    record PckCrl(CollateralNeed.Authority authority, Trust trust) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            return Crl.parse(body)
                    .then(crl -> crl("pck_crl.der", body, crl, authority.isIssuerOf(crl)))
                    .then(answer -> chained(headers, CRL_CHAIN, "pck_crl", answer))
                    .then(answer -> trust.signed(answer, roots -> unsigned(answer, roots)));
        }
    }

    /** The list of that root, which is one that is trusted; of PCCS in hexadecimal digits. */
    record RootCrl(X509Certificate root, Trust trust) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            String text = new String(body, StandardCharsets.ISO_8859_1).strip();
            byte[] der = JsonFields.hex(text).orElse(body);
            return Crl.parse(der)
                    .then(
                            crl ->
                                    crl("root_ca_crl.der", der, crl, crl.isOf(root))
                                            .then(
                                                    answer ->
                                                            trust.signed(
                                                                    answer,
                                                                    roots -> crl.unsigned(root))));
        }
    }

    private static Parsed<Answer> signed(
            Trust trust,
            HttpHeaders headers,
            String header,
            String name,
            byte[] body,
            Holding.Form form,
            String of) {
        return document(name + ".json", body, form, of)
                .then(answer -> chained(headers, header, name, answer))
                .then(answer -> trust.signed(answer, roots -> unsigned(answer, roots)));
    }

    private static Optional<Refusal> unsigned(Answer answer, Set<Hash32> roots) {
        return Collateral.parse(new Bundle(answer.files()))
                .toOptional()
                .orElseThrow(() -> new AssertionError("each file was read"))
                .unsigned(roots);
    }

    private static Parsed<Answer> document(String name, byte[] body, Holding.Form form, String of) {
        return Collateral.parse(Bundle.of(name, body))
                .then(
                        read ->
                                only(form, of, read.holdings())
                                        .then(
                                                one ->
                                                        Parsed.good(
                                                                Answer.of(
                                                                        name,
                                                                        body,
                                                                        one.from(),
                                                                        one.until()))));
    }

    /** That the document is of the form and model that was asked for. */
    private static Parsed<Holding> only(Holding.Form form, String of, List<Holding> holdings) {
        String expected = form + " " + of;
        for (Holding holding : holdings) {
            if (holding.form() != form || !holding.of().equals(of)) {
                return Parsed.bad(
                        new Fault("answer", holding.form() + " " + holding.of(), expected));
            }
        }
        return holdings.isEmpty()
                ? Parsed.bad(new Fault("answer", "another document", expected))
                : Parsed.good(holdings.getFirst());
    }

    /** With the chain in a header, in PEM. */
    private static Parsed<Answer> chained(
            HttpHeaders headers, String header, String name, Answer answer) {
        try {
            byte[] pem = Chained.text(headers, header).getBytes(StandardCharsets.UTF_8);
            String file = name + "_issuer_chain.pem";
            return Collateral.parse(Bundle.of(file, pem))
                    .then(read -> chain(header, read.holdings()))
                    .then(ends -> Parsed.good(answer.with(file, pem, ends)));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static Parsed<Instant> chain(String header, List<Holding> holdings) {
        boolean certificates =
                holdings.stream().allMatch(one -> one.form() == Holding.Form.CERTIFICATE);
        return holdings.stream()
                .map(Holding::until)
                .min(Instant::compareTo)
                .filter(ends -> certificates)
                .map(Parsed::good)
                .orElseGet(
                        () -> Parsed.bad(new Fault(header, "another text", "certificates in PEM")));
    }

    private static Parsed<Answer> crl(String name, byte[] der, Crl crl, boolean isAskedFor) {
        return isAskedFor
                ? Parsed.good(Answer.of(name, der, crl.thisUpdate(), crl.nextUpdate()))
                : Parsed.bad(
                        Fault.quoted("answer", crl.issuer(), "the list of who was asked about"));
    }
}
