package io.attestgate.client;

import io.attestgate.client.connect.HttpAnswer;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;

/** What an endpoint answered when it was asked for evidence. */
final class EvidenceAnswer {
    private static final int OK = 200;
    private static final String TYPE = "application/json";

    private EvidenceAnswer() {}

    /** The envelope of a 200 in JSON; a redirect is followed nowhere, another key would answer. */
    static Parsed<EvidenceEnvelope> parse(HttpAnswer answer) {
        if (answer.status() != OK) {
            String said = new String(answer.body(), StandardCharsets.UTF_8).strip();
            return Parsed.bad(Fault.quoted("status " + answer.status(), said, "200, and evidence"));
        }
        String type = answer.mediaType().orElse("");
        return type.equals(TYPE)
                ? EvidenceEnvelope.parse(answer.body())
                : Parsed.bad(Fault.quoted("content-type", type, TYPE));
    }
}
