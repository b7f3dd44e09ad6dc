package io.attestgate.attest.dstack;

import io.attestgate.attest.dstack.GuestAgent.Quoted;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The attestation of {@code dstack.guest.v1}: a MessagePack map of version, platform and stack
 * (dstack, docs/guest-api-v1.md, "Extracting a quote from an attestation").
 */
final class VersionedAttestation {
    private static final int VERSION = 1;

    /** A first byte of zero marks the form before this one, in SCALE. */
    private static final int SCALE = 0;

    /** The platforms that have a TDX quote; the second's TPM quote is not taken. */
    private static final Set<String> WITH_QUOTE = Set.of("tdx", "gcp-tdx");

    private VersionedAttestation() {}

    /** The quote and the log within. */
    static Quoted quoted(byte[] attestation) throws MalformedException {
        if (attestation.length == 0 || attestation[0] == SCALE) {
            throw new MalformedException(
                    "attestation", "none, or one in SCALE", "a MessagePack map (dstack 0.6)");
        }
        JsonFields all = JsonFields.of("attestation", json(attestation));
        if (all.number("version", Integer.MAX_VALUE) != VERSION) {
            throw all.fault("version", "1");
        }
        JsonFields platform = all.object("platform");
        if (!WITH_QUOTE.contains(platform.text("kind"))) {
            throw new MalformedException(
                    "attestation.platform.kind",
                    '"' + platform.text("kind") + '"',
                    "one with a TDX quote: " + WITH_QUOTE);
        }
        JsonFields data = platform.object("data");
        return new Quoted(
                HexFormat.of().parseHex(AgentLog.hex(data, "quote")),
                AgentLog.of(data.member("event_log")));
    }

    private static Json json(byte[] bytes) throws MalformedException {
        Parsed<Json> parsed = MessagePack.parse(bytes);
        Optional<Json> json = parsed.toOptional();
        if (json.isEmpty()) {
            throw new MalformedException(parsed.faults().getFirst());
        }
        return json.get();
    }
}
