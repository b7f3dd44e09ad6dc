package io.attestgate.verify.simulated;

import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.util.Arrays;
import java.util.Optional;

/**
 * A simulated report's exact bytes with their signature, as the {@code cpu} member carries them.
 */
public final class SimulatedEvidence {
    private static final int SIGNATURE_BYTES = 64;
    private static final int SIZE_BYTES_MAX = 2048;

    private final byte[] body;
    private final byte[] signature;

    private SimulatedEvidence(byte[] body, byte[] signature) {
        this.body = body;
        this.signature = signature;
    }

    /**
     * @param body of a {@link SimulatedReport}
     * @param signature by the development root: ECDSA with SHA-256, {@code r || s}
     */
    public static SimulatedEvidence of(byte[] body, byte[] signature) {
        return new SimulatedEvidence(body.clone(), signature.clone());
    }

    static Parsed<SimulatedEvidence> parse(byte[] json) {
        return JsonReader.parse(json, SIZE_BYTES_MAX)
                .then(
                        value ->
                                read(value)
                                        .filter(it -> Arrays.equals(it.toBytes(), json))
                                        .map(Parsed::good)
                                        .orElseGet(SimulatedEvidence::bad));
    }

    private static Optional<SimulatedEvidence> read(Json json) {
        Optional<byte[]> body = Member.bytes(json, "body");
        Optional<byte[]> signature = Member.bytes(json, "signature", SIGNATURE_BYTES);
        return body.flatMap(b -> signature.map(s -> new SimulatedEvidence(b, s)));
    }

    private static Parsed<SimulatedEvidence> bad() {
        return Parsed.bad(
                new Fault("cpu", "another", "canonical JSON of body and a signature of 64 bytes"));
    }

    private byte[] toBytes() {
        return CanonicalJson.write(
                Json.object(
                        "body", Base64Url.write(body), "signature", Base64Url.write(signature)));
    }

    /** The member of the evidence. */
    public CmwRecord toRecord() {
        return CmwRecord.of(SimulatedReport.KIND, toBytes());
    }

    byte[] body() {
        return body.clone();
    }

    byte[] signature() {
        return signature.clone();
    }
}
