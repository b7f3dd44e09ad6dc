package io.attestgate.collateral.nvidia;

import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.Question;
import io.attestgate.collateral.http.Question.Reading;
import io.attestgate.collateral.http.Service;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.nvidia.CollateralNeeds;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Where NVIDIA's reference measurements are (NVIDIA RIM Service API, {@code GET /v1/rim/{id}}):
 * signed documents that never change under their id.
 */
public record RimService(Service service) {
    /** NVIDIA's public service. */
    public static final String PUBLIC = "https://rim.attestation.nvidia.com";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /**
     * A document does not say when it was made or ends; its signer's certificate does, to the
     * verifier.
     */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    /** The document of that id; a fault for what is no id. */
    public Parsed<Question> rim(String id, Trust trust) {
        return ID.matcher(id).matches()
                ? Parsed.good(Question.get(service.uri("/v1/rim/" + id), new Rim(id, trust)))
                : Parsed.bad(Fault.quoted("RIM id", id, "1 to 128 letters, digits, dots, _ and -"));
    }

    /** {@code {"id", "rim": base64, "sha256": hexadecimal of what is in it}}. */
    record Rim(String id, Trust trust) implements Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            return JsonReader.parse(body, Bundle.FILE_BYTES_MAX)
                    .then(
                            json -> {
                                try {
                                    byte[] rim = content(JsonFields.of("$", json));
                                    return trust.signed(
                                            Answer.of(id + ".xml", rim, Instant.EPOCH, NEVER),
                                            roots -> CollateralNeeds.unsigned(rim, roots));
                                } catch (MalformedException e) {
                                    return Parsed.bad(e.fault());
                                }
                            });
        }

        private byte[] content(JsonFields fields) throws MalformedException {
            if (!fields.text("id").equals(id)) {
                throw new MalformedException(Fault.quoted("$.id", fields.text("id"), id));
            }
            byte[] rim = base64(fields.text("rim"));
            Octets digest = Octets.of(Digests.sha256(rim));
            if (!fields.octets("sha256", digest.size()).equals(digest)) {
                throw new MalformedException("$.sha256", fields.text("sha256"), digest.toString());
            }
            return rim;
        }

        private static byte[] base64(String text) throws MalformedException {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new MalformedException(Fault.quoted("$.rim", text, "base64 (RFC 4648 §4)"));
            }
        }
    }
}
