package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.collateral.NamedTexts;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.verify.x509.Der;
import io.attestgate.verify.x509.Pem;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises collateral by what is in a file, whatever the file is called: the service's own
 * answers, certificates and revocation lists in PEM and DER, and the shapes in which public tools
 * put several into one file. One use, one thread.
 */
final class CollateralReader {
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<Crl> crls = new ArrayList<>();
    private final List<SignedDocument<TcbInfo>> tcbInfos = new ArrayList<>();
    private final List<SignedDocument<EnclaveIdentity>> identities = new ArrayList<>();

    Parsed<Collateral> read(Bundle bundle) {
        for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
            try {
                file(file.getValue());
            } catch (MalformedException e) {
                Fault fault = e.fault();
                String path = "collateral " + file.getKey() + ": " + fault.path();
                return Parsed.bad(new Fault(path, fault.found(), fault.expected()));
            }
        }
        return Parsed.good(new Collateral(certificates, crls, tcbInfos, identities));
    }

    private void file(byte[] bytes) throws MalformedException {
        if (bytes.length > 0 && bytes[0] == Der.SEQUENCE) {
            der(bytes);
            return;
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.startsWith("-----BEGIN")) {
            pem(text);
        } else if (text.startsWith("{\"tcbInfo\":")) {
            tcbInfoAnswer(text);
        } else if (text.startsWith("{\"enclaveIdentity\":")) {
            identityAnswer(text);
        } else {
            Optional<Map<String, String>> texts = NamedTexts.parse(bytes);
            if (texts.isPresent()) {
                named(texts.get());
            }
        }
    }

    private void der(byte[] bytes) throws MalformedException {
        switch (Crl.parse(bytes)) {
            case Parsed.Good<Crl> good -> crls.add(good.value());
            case Parsed.Bad<Crl> notCrl -> certificates.addAll(good(Certificates.parseAll(bytes)));
        }
    }

    private void pem(String text) throws MalformedException {
        for (Pem.Block block : good(Pem.parse(text, Bundle.FILES_MAX))) {
            switch (block.label()) {
                case "CERTIFICATE" ->
                        certificates.add(good(Certificates.parse(block.der().bytes())));
                case "X509 CRL" -> crls.add(good(Crl.parse(block.der().bytes())));
                default ->
                        throw new MalformedException(
                                Fault.quoted("pem", block.label(), "CERTIFICATE or X509 CRL"));
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
                        pem(text);
                case "root_ca_crl", "pck_crl" -> crls.add(good(Crl.parse(hex(member))));
                case "crl_data_base64" -> crls.add(good(Crl.parse(base64(member))));
                case "tcb_info_json" -> tcbInfoAnswer(text);
                case "enclave_identity_json" -> identityAnswer(text);
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

    private static <T> T good(Parsed<T> parsed) throws MalformedException {
        return switch (parsed) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad -> throw new MalformedException(bad.faults().getFirst());
        };
    }
}
