package io.attestgate.verify.nvidia;

import static io.attestgate.verify.evidence.MalformedException.good;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.NamedTexts;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.x509.CertificateFiles;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises NVIDIA's collateral by what is in a file, whatever it is called: manifests in XML or
 * in the answer of the RIM service, OCSP answers in DER or base64, chains in PEM. One use, one
 * thread.
 */
final class CollateralReader {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]++=*+\\s*+");
    private static final String RIM = "rim";

    private final List<Rim> rims = new ArrayList<>();
    private final List<OcspAnswer> answers = new ArrayList<>();
    private final List<List<X509Certificate>> chains = new ArrayList<>();

    Parsed<Collateral> read(Bundle bundle) {
        return bundle.readEach(this::file)
                .map(Parsed::<Collateral>bad)
                .orElseGet(() -> Parsed.good(new Collateral(rims, answers, chains)));
    }

    private void file(byte[] content) throws MalformedException {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        if (CertificateFiles.isOcsp(content)) {
            answers.add(good(OcspAnswer.parse(content)));
        } else if (XmlFile.isLike(content)) {
            rims.add(good(Rim.parse(content)));
        } else if (text.startsWith("-----BEGIN")) {
            chain(text);
        } else if (text.startsWith("{")) {
            service(content);
        } else if (BASE64.matcher(text).matches()) {
            base64(text);
        }
    }

    private void chain(String pem) throws MalformedException {
        CertificateFiles files = new CertificateFiles();
        files.pem(pem);
        chains.add(files.certificates());
    }

    /** An answer of the RIM service; other JSON is not ours. */
    private void service(byte[] json) throws MalformedException {
        Optional<String> rim = NamedTexts.parse(json, Set.of(RIM)).map(CollateralReader::rim);
        if (rim.isPresent() && !rim.get().isEmpty()) {
            try {
                rims.add(good(Rim.parse(Base64.getDecoder().decode(rim.get()))));
            } catch (IllegalArgumentException e) {
                throw new MalformedException(Fault.quoted(RIM, rim.get(), "base64"));
            }
        }
    }

    private static String rim(Map<String, String> texts) {
        return texts.getOrDefault(RIM, "");
    }

    /** Text in the alphabet of base64 is passed over unless an answer is in it. */
    private void base64(String text) throws MalformedException {
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (CertificateFiles.isOcsp(der)) {
            answers.add(good(OcspAnswer.parse(der)));
        }
    }
}
