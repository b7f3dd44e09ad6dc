package io.attestgate.attest.dstack;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The surfaces before {@code dstack.guest.v1}, which say the same in other words (dstack,
 * guest-agent/rpc/proto/agent_rpc.proto).
 *
 * @param quotePath takes {@code report_data} as it is
 * @param keyPath takes {@code path}, from which alone the key follows, and {@code purpose}
 * @param keyMember where the answer has the key
 */
record AgentV0(
        String surface, AgentSocket socket, String quotePath, String keyPath, String keyMember)
        implements GuestAgent {
    private static final String PURPOSE = "attestgate-sealing";

    /** Of dstack 0.5 and those after it, on {@code dstack.sock}, without a version in its paths. */
    static AgentV0 guest(AgentSocket socket) {
        return new AgentV0("dstack.guest.v0", socket, "/GetQuote", "/GetKey", "key");
    }

    /** Of dstack 0.3 and 0.4, on {@code tappd.sock}. */
    static AgentV0 tappd(AgentSocket socket) {
        return new AgentV0(
                "tappd", socket, "/prpc/Tappd.RawQuote", "/prpc/Tappd.DeriveK256Key", "k256_key");
    }

    @Override
    public Quoted quote(ReportData data) throws PlatformException {
        return socket.call(
                quotePath,
                Json.object("report_data", HexFormat.of().formatHex(data.bytes())),
                AgentV0::quoted);
    }

    private static Quoted quoted(JsonFields answer) throws MalformedException {
        byte[] quote =
                JsonFields.hex(answer.text("quote"))
                        .orElseThrow(() -> answer.fault("quote", "bytes in hexadecimal"));
        byte[] text = answer.text("event_log").getBytes(StandardCharsets.UTF_8);
        Parsed<Json> log = JsonReader.parse(text, HttpAnswer.BODY_BYTES_MAX);
        Optional<Json> events = log.toOptional();
        if (events.isEmpty()) {
            throw new MalformedException(log.faults().getFirst());
        }
        return new Quoted(quote, AgentLog.of(events.get()));
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public SecretMemory key(String domain) throws PlatformException {
        return socket.call(
                keyPath,
                Json.object("path", domain, "purpose", PURPOSE),
                answer -> AgentKey.of(answer, keyMember).secret());
    }
}
