package io.attestgate.verify.nitro;

import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A document as a tree of names and values, for people. */
final class Inspection {
    private Inspection() {}

    static Json.Obj of(NitroEvidence evidence) {
        Document document = evidence.document();
        Map<String, Json> fields = new LinkedHashMap<>();
        document.fields().forEach((name, value) -> fields.put(name, new Json.Text(value)));
        return Json.object(
                "form", document.form().platform(),
                "debug", document.isDebug(),
                "fields", new Json.Obj(fields),
                "signature", evidence.message().signature().toString(),
                "certificates", Certificates.tree(evidence.path().certificates()));
    }
}
