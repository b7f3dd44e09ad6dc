package io.attestgate.verify.eventlog;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One event of dstack's log (its crate cc-eventlog).
 *
 * @param register the index of the RTMR, from 0
 * @param digest what went into the register; of an event of the running system it is computed here,
 *     from name and payload, whatever the log says
 */
public record DstackEvent(int register, long type, String name, Octets payload, Octets digest) {
    /** The type of events that the running system measures, in register 3 and nowhere else. */
    static final long RUNTIME = 0x0800_0001L;

    static final int RUNTIME_REGISTER = 3;

    private static final int PAYLOAD_BYTES_MAX = 256 * 1024;
    private static final int DIGEST_BYTES = 48;

    static DstackEvent parse(JsonFields fields) throws MalformedException {
        int register = fields.number("imr", RUNTIME_REGISTER);
        long type = fields.uint32("event_type"); // Firmware's are above 2^31 (UEFI 2.10, 38.4).
        String name = fields.text("event");
        Octets payload = payload(fields);
        if ((type == RUNTIME) != (register == RUNTIME_REGISTER)) {
            throw fields.fault("imr", "3 for events of the running system, and for no others");
        }
        Octets digest =
                type == RUNTIME
                        ? digest(version(fields), name, payload)
                        : fields.octets("digest", DIGEST_BYTES);
        if (type == RUNTIME && isStated(fields) && !stated(fields).equals(digest)) {
            throw fields.fault("digest", "that of this name and payload: " + digest);
        }
        return new DstackEvent(register, type, name, payload, digest);
    }

    private static Octets payload(JsonFields fields) throws MalformedException {
        String text = fields.text("event_payload");
        return JsonFields.hex(text)
                .filter(bytes -> bytes.length <= PAYLOAD_BYTES_MAX)
                .map(Octets::of)
                .orElseThrow(() -> fields.fault("event_payload", "at most 256 KiB in hex"));
    }

    private static int version(JsonFields fields) throws MalformedException {
        int version = fields.has("version") ? fields.number("version", 2) : 1;
        if (version == 0) {
            throw fields.fault("version", "1 or 2");
        }
        return version;
    }

    /** A log may leave out what follows from the rest. */
    private static boolean isStated(JsonFields fields) throws MalformedException {
        return fields.has("digest") && !fields.text("digest").isEmpty();
    }

    private static Octets stated(JsonFields fields) throws MalformedException {
        return fields.octets("digest", DIGEST_BYTES);
    }

    /**
     * Version 1 hashes {@code type || ":" || name || ":" || payload}, the type little-endian;
     * version 2 canonical JSON of name, payload and type.
     */
    static Octets digest(int version, String name, Octets payload) {
        MessageDigest hash = sha384();
        if (version == 1) {
            hash.update(
                    ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt((int) RUNTIME)
                            .array());
            hash.update((":" + name + ":").getBytes(StandardCharsets.UTF_8));
            return Octets.of(hash.digest(payload.bytes()));
        }
        return Octets.of(
                hash.digest(
                        CanonicalJson.write(
                                Json.object(
                                        "name", name,
                                        "payload", HexFormat.of().formatHex(payload.bytes()),
                                        "type", RUNTIME))));
    }

    private static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-384", e);
        }
    }
}
