package io.attestgate.verify.azure;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the paravisor says about a machine when it asks the processor for a report: the virtual
 * TPM's keys and how the machine is configured. The report carries the hash of these exact bytes.
 *
 * @param bytes the JSON, of which every byte counts
 * @param attestationKey the key {@code HCLAkPub}, which signs quotes
 * @param configuration what the JSON says of the machine, by name, as text
 */
public record RuntimeData(
        Octets bytes, RSAPublicKeySpec attestationKey, SortedMap<String, String> configuration) {
    /** Several times what one has. */
    public static final int SIZE_BYTES_MAX = 32 * 1024;

    private static final int REPORT_DATA_BYTES = 64;
    private static final int KEYS_MAX = 16;
    private static final String ATTESTATION_KEY = "HCLAkPub";
    private static final String CONFIGURATION = "vm-configuration";
    private static final String NAME = "runtime data";

    public RuntimeData {
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
    }

    /** Reads the JSON, which must have exactly one attestation key. */
    public static Parsed<RuntimeData> parse(byte[] json) {
        return JsonReader.parse(json, SIZE_BYTES_MAX)
                .then(
                        value -> {
                            try {
                                return Parsed.good(read(json, value));
                            } catch (MalformedException e) {
                                return Parsed.bad(e.fault());
                            }
                        });
    }

    private static RuntimeData read(byte[] bytes, Json json) throws MalformedException {
        JsonFields fields = JsonFields.of(NAME, json);
        List<JsonFields> keys = fields.objects("keys", KEYS_MAX);
        JsonFields found = null;
        for (JsonFields key : keys) {
            if (key.text("kid").equals(ATTESTATION_KEY)) {
                if (found != null) {
                    throw fields.fault("keys", "one " + ATTESTATION_KEY);
                }
                found = key;
            }
        }
        if (found == null) {
            throw fields.fault("keys", "a key " + ATTESTATION_KEY);
        }
        return new RuntimeData(Octets.of(bytes), key(found), configuration(json));
    }

    /** RFC 7518 §6.3.1. */
    private static RSAPublicKeySpec key(JsonFields key) throws MalformedException {
        if (!key.text("kty").equals("RSA")) {
            throw key.fault("kty", "RSA");
        }
        return new RSAPublicKeySpec(number(key, "n"), number(key, "e"));
    }

    private static BigInteger number(JsonFields key, String name) throws MalformedException {
        return Base64Url.parse(key.text(name))
                .filter(bytes -> bytes.length > 0)
                .map(bytes -> new BigInteger(1, bytes))
                .orElseThrow(() -> key.fault(name, "a number in base64url"));
    }

    private static SortedMap<String, String> configuration(Json json) {
        SortedMap<String, String> texts = new TreeMap<>();
        if (json instanceof Json.Obj object
                && object.get(CONFIGURATION).orElse(new Json.Null()) instanceof Json.Obj members) {
            for (Map.Entry<String, Json> member : members.members().entrySet()) {
                text(member.getValue()).ifPresent(text -> texts.put(member.getKey(), text));
            }
        }
        return texts;
    }

    private static Optional<String> text(Json json) {
        return switch (json) {
            case Json.Text text -> Optional.of(text.value());
            case Json.Bool bool -> Optional.of(Boolean.toString(bool.value()));
            case Json.Int number -> Optional.of(Long.toString(number.value()));
            case Json.Obj object -> Optional.empty();
            case Json.Arr array -> Optional.empty();
            case Json.Null none -> Optional.empty();
        };
    }

    /** What the hardware report must carry: the SHA-256 of these bytes, then zero bytes. */
    public Octets reportData() {
        return Octets.of(Arrays.copyOf(Digests.sha256(bytes.bytes()), REPORT_DATA_BYTES));
    }
}
