package io.attestgate.verify.dcap;

import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A quote as a tree of names and values, for people. */
final class Inspection {
    private Inspection() {}

    static Json.Obj of(Quote quote) {
        return Json.object(
                "header", header(quote),
                "body", fields(quote.body().fields()),
                "debug", quote.body().isDebug(),
                "quotingEnclave", fields(quote.signature().qeReport().fields()),
                "qeAuthData", quote.signature().qeAuthData().toString(),
                "attestationKey", quote.signature().attestationKey().toString(),
                "certification", certification(quote.signature()));
    }

    private static Json header(Quote quote) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("version", new Json.Int(quote.version()));
        members.put("tee", new Json.Text(quote.tee().platform()));
        if (quote.version() == 5) {
            members.put("bodyType", new Json.Int(quote.body().type()));
        }
        members.put("userData", new Json.Text(quote.header().userData().toString()));
        return new Json.Obj(members);
    }

    private static Json fields(SortedMap<String, String> fields) {
        Map<String, Json> members = new LinkedHashMap<>();
        fields.forEach((name, value) -> members.put(name, new Json.Text(value)));
        return new Json.Obj(members);
    }

    private static Json certification(QuoteSignature signature) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("type", new Json.Int(signature.certificationType()));
        List<X509Certificate> chain =
                signature.certificationType() == QuoteSignature.TYPE_PCK_CHAIN
                        ? Certificates.parseAll(signature.certificationData().bytes())
                                .toOptional()
                                .orElse(List.of())
                        : List.of();
        if (chain.isEmpty()) {
            members.put("data", new Json.Text(signature.certificationData().toString()));
        } else {
            members.put("certificates", Certificates.tree(chain));
            platform(chain, members);
        }
        return new Json.Obj(members);
    }

    private static void platform(List<X509Certificate> chain, Map<String, Json> members) {
        for (X509Certificate certificate : chain) {
            if (PckExtension.parse(certificate) instanceof Parsed.Good<PckExtension> good) {
                PckExtension platform = good.value();
                members.put("platform", fields(platform.identity()));
                members.put("components", new Json.Text(platform.components().toString()));
                members.put("pceSvn", new Json.Int(platform.pceSvn()));
            }
        }
    }
}
