package io.attestgate.verify.dcap;

import static io.attestgate.verify.evidence.MalformedException.good;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.collateral.NamedTexts;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.x509.CertificateFiles;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises collateral by what is in a file, whatever the file is called: the service's own
 * answers, certificates and revocation lists in PEM and DER, and the shapes in which public tools
 * put several into one file. One use, one thread.
 */
final class CollateralReader {
    /** Of what bundles hold; other members are passed over. */
    private static final Set<String> NAMES =
            Set.of(
                    "pck_crl_issuer_chain",
                    "tcb_info_issuer_chain",
                    "qe_identity_issuer_chain",
                    "issuer_chain",
                    "crl_data",
                    "crl_data_base64",
                    "root_ca_crl",
                    "pck_crl",
                    "tcb_info",
                    "tcb_info_json",
                    "qe_identity",
                    "enclave_identity_json");

    private final CertificateFiles x509 = new CertificateFiles();
    private final List<SignedDocument<TcbInfo>> tcbInfos = new ArrayList<>();
    private final List<SignedDocument<EnclaveIdentity>> identities = new ArrayList<>();
    private final List<SignedDocument<EvaluationNumbers>> evaluations = new ArrayList<>();

    Parsed<Collateral> read(Bundle bundle) {
        return bundle.readEach(this::file)
                .map(Parsed::<Collateral>bad)
                .orElseGet(
                        () ->
                                Parsed.good(
                                        new Collateral(
                                                x509.certificates(),
                                                x509.crls(),
                                                tcbInfos,
                                                identities,
                                                evaluations)));
    }

    private void file(byte[] bytes) throws MalformedException {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (CertificateFiles.isLike(bytes)) {
            x509.read(bytes);
        } else if (text.startsWith("{\"tcbInfo\":")) {
            tcbInfoAnswer(text);
        } else if (text.startsWith("{\"enclaveIdentity\":")) {
            identityAnswer(text);
        } else if (text.startsWith("{\"tcbEvaluationDataNumbers\":")) {
            evaluationsAnswer(text);
        } else {
            Optional<Map<String, String>> texts = NamedTexts.parse(bytes, NAMES);
            if (texts.isPresent()) {
                named(texts.get());
            }
        }
    }

    /** Documents of version 2, as older interfaces gave them, are passed over. */
    private void tcbInfoAnswer(String text) throws MalformedException {
        if (!isOlder(text)) {
            tcbInfos.add(good(SignedDocument.parseAnswer(text, "tcbInfo", TcbInfo::parse)));
        }
    }

    private static boolean isOlder(String text) {
        return text.startsWith("{\"tcbInfo\":{\"version\":2,");
    }

    private void identityAnswer(String text) throws MalformedException {
        identities.add(
                good(SignedDocument.parseAnswer(text, "enclaveIdentity", EnclaveIdentity::parse)));
    }

    /** No verdict rests on it, so one that is broken is passed over. */
    private void evaluationsAnswer(String text) {
        SignedDocument.parseAnswer(text, "tcbEvaluationDataNumbers", EvaluationNumbers::parse)
                .toOptional()
                .ifPresent(evaluations::add);
    }

    /** The members of the known shapes; others are passed over. */
    private void named(Map<String, String> texts) throws MalformedException {
        for (Map.Entry<String, String> member : texts.entrySet()) {
            String text = member.getValue();
            switch (member.getKey()) {
                case "pck_crl_issuer_chain",
                        "tcb_info_issuer_chain",
                        "qe_identity_issuer_chain",
                        "issuer_chain",
                        "crl_data" ->
                        x509.pem(text);
                case "root_ca_crl", "pck_crl" -> x509.crl(hex(member));
                case "crl_data_base64" -> x509.crl(base64(member));
                case "tcb_info_json" -> tcbInfoAnswer(text);
                case "enclave_identity_json" -> identityAnswer(text);
                case "tcb_evaluation_data_numbers_json" -> evaluationsAnswer(text);
                default -> {}
            }
        }
        documentsApart(texts);
    }

    private void documentsApart(Map<String, String> texts) throws MalformedException {
        Optional<String> tcbInfo = Optional.ofNullable(texts.get("tcb_info"));
        if (tcbInfo.isPresent()) {
            tcbInfos.add(good(apart(texts, "tcb_info", tcbInfo.get(), TcbInfo::parse)));
        }
        Optional<String> identity = Optional.ofNullable(texts.get("qe_identity"));
        if (identity.isPresent()) {
            identities.add(
                    good(apart(texts, "qe_identity", identity.get(), EnclaveIdentity::parse)));
        }
    }

    private static <T extends Dated> Parsed<SignedDocument<T>> apart(
            Map<String, String> texts, String name, String body, SignedDocument.Reader<T> reader) {
        String signature = texts.getOrDefault(name + "_signature", "");
        return SignedDocument.parse(name, body, signature, reader);
    }

    private static byte[] hex(Map.Entry<String, String> member) throws MalformedException {
        return JsonFields.hex(member.getValue())
                .orElseThrow(
                        () ->
                                new MalformedException(
                                        Fault.quoted(member.getKey(), member.getValue(), "hex")));
    }

    private static byte[] base64(Map.Entry<String, String> member) throws MalformedException {
        try {
            return Base64.getDecoder().decode(member.getValue());
        } catch (IllegalArgumentException e) {
            throw new MalformedException(
                    Fault.quoted(member.getKey(), member.getValue(), "base64 (RFC 4648 §4)"));
        }
    }
}
