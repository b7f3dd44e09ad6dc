package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Evidence of one GPU or several, in one of three forms: a report alone; the container of this
 * project, canonical JSON of one report and its certificates; the JSON that NVIDIA's tools collect.
 *
 * @param gpus at least one
 */
public record NvidiaEvidence(List<GpuEvidence> gpus) {
    /** Sixteen reports and chains in base64. */
    public static final int SIZE_BYTES_MAX = 1024 * 1024;

    private static final int CERTIFICATES_MAX = 8;
    private static final Set<String> CONTAINER = Set.of("certificates", "report");

    public NvidiaEvidence {
        gpus = List.copyOf(gpus);
        if (gpus.isEmpty()) {
            throw new IllegalArgumentException("gpus: none (expected: one at least)");
        }
    }

    /** Reads any of the forms. */
    public static Parsed<NvidiaEvidence> parse(byte[] bytes) {
        try {
            return Parsed.good(new NvidiaEvidence(gpus(bytes)));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    /** Writes the container. */
    public static byte[] container(byte[] report, List<X509Certificate> chain) {
        List<Json> certificates = new ArrayList<>();
        for (X509Certificate one : chain) {
            certificates.add(new Json.Text(Base64Url.write(Certificates.der(one))));
        }
        return CanonicalJson.write(
                Json.object(
                        "certificates",
                        new Json.Arr(certificates),
                        "report",
                        Base64Url.write(report)));
    }

    /** Whether bytes begin as one of the forms does; that they are sound is not said. */
    static boolean isLike(byte[] bytes) {
        return Report.isLike(bytes)
                || (isJson(bytes)
                        && JsonReader.parse(bytes, SIZE_BYTES_MAX)
                                .toOptional()
                                .filter(json -> isContainer(json) || collected(json).isPresent())
                                .isPresent());
    }

    private static boolean isJson(byte[] bytes) {
        for (byte b : bytes) {
            if (!Character.isWhitespace(b)) {
                return b == '{' || b == '[';
            }
        }
        return false;
    }

    private static boolean isContainer(Json json) {
        return json instanceof Json.Obj object && object.members().keySet().equals(CONTAINER);
    }

    /** What NVIDIA's tools collected: an array, alone or as the member {@code evidences}. */
    private static Optional<List<Json>> collected(Json json) {
        Optional<Json> evidences =
                json instanceof Json.Obj object ? object.get("evidences") : Optional.of(json);
        return evidences
                .filter(Json.Arr.class::isInstance)
                .map(array -> ((Json.Arr) array).elements())
                .filter(all -> !all.isEmpty() && all.stream().allMatch(NvidiaEvidence::isOne));
    }

    private static boolean isOne(Json json) {
        return json instanceof Json.Obj object
                && object.get("evidence").isPresent()
                && object.get("certificate").isPresent();
    }

    private static List<GpuEvidence> gpus(byte[] bytes) throws MalformedException {
        if (!isJson(bytes)) {
            return List.of(
                    new GpuEvidence(MalformedException.good(Report.parse(bytes)), List.of()));
        }
        Json json = MalformedException.good(JsonReader.parse(bytes, SIZE_BYTES_MAX));
        if (isContainer(json)) {
            return List.of(
                    container(
                            MalformedException.good(
                                    JsonReader.parseCanonical(bytes, SIZE_BYTES_MAX))));
        }
        List<Json> all = collected(json).orElse(List.of());
        if (all.isEmpty() || all.size() > NvidiaPolicy.COUNT_MAX) {
            throw new MalformedException(
                    "evidences", all.size() + " GPUs", "1 to " + NvidiaPolicy.COUNT_MAX);
        }
        List<GpuEvidence> gpus = new ArrayList<>();
        for (Json one : all) {
            gpus.add(collectedGpu((Json.Obj) one));
        }
        return gpus;
    }

    private static GpuEvidence container(Json json) throws MalformedException {
        if (!isContainer(json)
                || !(((Json.Obj) json).get("certificates").orElseThrow() instanceof Json.Arr array)
                || array.elements().isEmpty()
                || array.elements().size() > CERTIFICATES_MAX) {
            throw new MalformedException(
                    "$", json.kind(), "an object of certificates, 1 to 8, and report");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Json one : array.elements()) {
            byte[] der = bytes("$.certificates", one, Base64Url::parse);
            chain.add(MalformedException.good(Certificates.parse(der)));
        }
        Json report = ((Json.Obj) json).get("report").orElseThrow();
        return new GpuEvidence(
                MalformedException.good(Report.parse(bytes("$.report", report, Base64Url::parse))),
                chain);
    }

    private static GpuEvidence collectedGpu(Json.Obj one) throws MalformedException {
        byte[] report = bytes("evidence", one.get("evidence").orElseThrow(), NvidiaEvidence::mime);
        byte[] pem =
                bytes("certificate", one.get("certificate").orElseThrow(), NvidiaEvidence::mime);
        return new GpuEvidence(
                MalformedException.good(Report.parse(report)),
                MalformedException.good(Certificates.parseAll(pem)));
    }

    private interface Decoder {
        Optional<byte[]> decode(String text);
    }

    private static byte[] bytes(String name, Json json, Decoder decoder) throws MalformedException {
        String text = json instanceof Json.Text value ? value.value() : "";
        return decoder.decode(text)
                .filter(bytes -> bytes.length > 0)
                .orElseThrow(() -> new MalformedException(Fault.quoted(name, text, "base64")));
    }

    private static Optional<byte[]> mime(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
