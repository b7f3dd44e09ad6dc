package io.attestgate.attest.dstack;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Json;
import java.util.HexFormat;

/**
 * The surface {@code dstack.guest.v1} of dstack 0.6 and later, below {@code /v1} (dstack,
 * docs/guest-api-v1.md).
 */
record AgentV1(AgentSocket socket) implements GuestAgent {
    /** Takes no arguments and touches nothing. */
    static final String PROBE = "/v1/Version";

    private static final String ALGORITHM = "secp256k1";
    private static final int ATTESTATION_BYTES_MAX = HttpAnswer.BODY_BYTES_MAX / 2;

    @Override
    public String surface() {
        return "dstack.guest.v1";
    }

    @Override
    public Quoted quote(ReportData data) throws PlatformException {
        return socket.call(
                "/v1/Attest",
                Json.object("report_data", HexFormat.of().formatHex(data.bytes())),
                answer -> VersionedAttestation.quoted(attestation(answer)));
    }

    private static byte[] attestation(JsonFields answer) throws MalformedException {
        return JsonFields.hex(answer.text("attestation"))
                .filter(bytes -> bytes.length <= ATTESTATION_BYTES_MAX)
                .orElseThrow(() -> answer.fault("attestation", "bytes in hexadecimal"));
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public SecretMemory key(String domain) throws PlatformException {
        return socket.call(
                "/v1/GetKey", Json.object("domain", domain, "algorithm", ALGORITHM), AgentV1::key);
    }

    @SuppressWarnings("MustBeClosedChecker") // Passed on to the caller.
    private static SecretMemory key(JsonFields answer) throws MalformedException {
        Octets publicKey = answer.octets("public_key", AgentKey.PUBLIC_BYTES);
        AgentKey key = AgentKey.of(answer, "key");
        if (!key.publicKey().equals(publicKey)) {
            key.erase();
            throw answer.fault("public_key", "that of the key: " + key.publicKey());
        }
        return key.secret();
    }
}
