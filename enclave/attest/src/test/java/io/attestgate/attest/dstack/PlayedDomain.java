package io.attestgate.attest.dstack;

import io.attestgate.verify.eventlog.DstackLog;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A trust domain with dstack's system in it: what it measured, and quotes of it. One thread. */
final class PlayedDomain {
    /** The id that a KMS would have: its public key. */
    static final String KMS_ID = "3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04ab";

    private static final int RUNTIME = 134_217_729;

    /** EV_EFI_PLATFORM_FIRMWARE_BLOB2, above 2^31 as all of firmware's own are. */
    private static final long FIRMWARE_BLOB = 0x8000_000AL;

    private static final int REGISTER_BYTES = 48;
    private static final int RTMR0 = DcapQuote.TD_REPORT_DATA - 4 * REGISTER_BYTES;

    private final DcapPki pki;
    final List<Json.Obj> events = new ArrayList<>();

    private PlayedDomain(DcapPki pki) {
        this.pki = pki;
    }

    /** Booted, with a key provider of that name and id. */
    static PlayedDomain with(DcapPki pki, String provider, String id) {
        PlayedDomain domain = new PlayedDomain(pki);
        domain.firmware(0, "a".repeat(96), "long".repeat(200));
        domain.firmware(1, "b".repeat(96), "");
        domain.firmware(2, "c".repeat(96), "");
        domain.measure("app-id", "0102".repeat(10), 1);
        domain.measure("instance-id", "0a".repeat(20), 2);
        domain.measure(
                "key-provider", hex("{\"name\":\"%s\",\"id\":\"%s\"}".formatted(provider, id)), 1);
        return domain;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private void firmware(int register, String digest, String payload) {
        events.add(
                Json.object(
                        "imr", register,
                        "event_type", FIRMWARE_BLOB,
                        "digest", digest,
                        "event", "",
                        "event_payload", hex(payload)));
    }

    /** What the running system does. */
    void measure(String name, String payload, int version) {
        events.add(
                Json.object(
                        "imr", 3,
                        "event_type", RUNTIME,
                        "digest", "",
                        "event", name,
                        "event_payload", payload,
                        "version", version));
    }

    /** The log in JSON, as versions before 1 of the agent's surface have it in a text. */
    String log() {
        return CanonicalJson.text(new Json.Arr(List.copyOf(events)));
    }

    /** A quote of this domain as it is now. */
    byte[] quote(byte[] reportData) {
        DcapQuote quote = DcapQuote.of(pki, 4, DcapQuote.TD_1_0).reportData(reportData);
        DstackLog log =
                DstackLog.parse(log().getBytes(StandardCharsets.UTF_8)).toOptional().orElseThrow();
        for (int register = 0; register < 4; register++) {
            System.arraycopy(
                    log.replay(register).bytes(),
                    0,
                    quote.body,
                    RTMR0 + register * REGISTER_BYTES,
                    REGISTER_BYTES);
        }
        return quote.make();
    }
}
