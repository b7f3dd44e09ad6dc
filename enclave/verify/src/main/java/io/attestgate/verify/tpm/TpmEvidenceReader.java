package io.attestgate.verify.tpm;

import static io.attestgate.verify.evidence.MalformedException.good;

import io.attestgate.verify.azure.AzureEvidence;
import io.attestgate.verify.azure.HclReport;
import io.attestgate.verify.azure.RuntimeData;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyField;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON of {@link TpmEvidence}: exactly its fields, in the one canonical spelling. */
final class TpmEvidenceReader {
    private static final byte[] BEGINNING = "{\"attest\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int CERTIFICATES_MAX = 8;
    private static final int NAME_BYTES_MAX = 66;
    private static final Set<String> FIELDS =
            Set.of(
                    "attest",
                    "azure",
                    "certificates",
                    "ek",
                    "eventLog",
                    "key",
                    "pcrs",
                    "signature",
                    "version");
    private static final Set<String> AZURE = Set.of("certificates", "hardware", "hcl", "runtime");

    private TpmEvidenceReader() {}

    /** Whether bytes begin as the canonical JSON does. */
    static boolean isLike(byte[] bytes) {
        return bytes.length > BEGINNING.length
                && Arrays.equals(Arrays.copyOf(bytes, BEGINNING.length), BEGINNING);
    }

    static Parsed<TpmEvidence> parse(byte[] bytes) {
        return JsonReader.parse(bytes, TpmEvidence.SIZE_BYTES_MAX)
                .then(
                        json -> {
                            try {
                                return Parsed.good(canonical(bytes, json));
                            } catch (MalformedException e) {
                                return Parsed.bad(e.fault());
                            }
                        });
    }

    private static TpmEvidence canonical(byte[] bytes, Json json) throws MalformedException {
        if (!Arrays.equals(bytes, CanonicalJson.write(json))) {
            throw new MalformedException("$", "another spelling", "canonical JSON (RFC 8785)");
        }
        return read(new PolicyField("$", json).exactly(FIELDS));
    }

    private static TpmEvidence read(PolicyField fields) throws MalformedException {
        long version = fields.member("version").integer(TpmEvidence.VERSION, TpmEvidence.VERSION);
        assert version == TpmEvidence.VERSION;
        Optional<Octets> key = nullable(fields.member("key"));
        Optional<Octets> ek = nullable(fields.member("ek"));
        if (ek.isPresent() && ek.get().size() > NAME_BYTES_MAX) {
            throw fields.member("ek").malformed("a Name of at most 66 bytes");
        }
        return new TpmEvidence(
                good(Attest.parse(octets(fields.member("attest")).bytes())),
                good(TpmSignature.parse(octets(fields.member("signature")).bytes())),
                key.isPresent()
                        ? Optional.of(good(AttestationKey.parse(key.get().bytes())))
                        : Optional.empty(),
                PcrValues.read("$.pcrs", fields.member("pcrs").json()),
                nullable(fields.member("eventLog")),
                all(fields.member("certificates")),
                ek,
                azure(fields.member("azure")));
    }

    private static Optional<AzureEvidence> azure(PolicyField field) throws MalformedException {
        if (field.json() instanceof Json.Null) {
            return Optional.empty();
        }
        PolicyField fields = field.exactly(AZURE);
        Optional<Octets> hcl = nullable(fields.member("hcl"));
        Optional<Octets> hardware = nullable(fields.member("hardware"));
        Optional<Octets> runtime = nullable(fields.member("runtime"));
        List<Octets> certificates = all(fields.member("certificates"));
        if (hcl.isPresent() == runtime.isPresent()) {
            throw field.malformed("either hcl or runtime");
        }
        if (hcl.isPresent()) {
            HclReport report = good(HclReport.parse(hcl.get().bytes()));
            return Optional.of(good(AzureEvidence.of(report, hardware, certificates)));
        }
        if (hardware.isEmpty()) {
            throw fields.member("hardware").malformed("a report, where there is no hcl");
        }
        return Optional.of(
                new AzureEvidence(
                        hardware.get(),
                        good(RuntimeData.parse(runtime.orElseThrow().bytes())),
                        certificates));
    }

    private static List<Octets> all(PolicyField field) throws MalformedException {
        List<Octets> all = new ArrayList<>();
        for (PolicyField element : field.elements()) {
            all.add(octets(element));
        }
        if (all.size() > CERTIFICATES_MAX) {
            throw field.malformed("at most 8");
        }
        return all;
    }

    private static Optional<Octets> nullable(PolicyField field) throws MalformedException {
        return field.json() instanceof Json.Null ? Optional.empty() : Optional.of(octets(field));
    }

    private static Octets octets(PolicyField field) throws MalformedException {
        return Base64Url.parse(field.text())
                .map(Octets::of)
                .orElseThrow(() -> field.malformed("bytes in base64url"));
    }
}
