package io.attestgate.verify.testpki;

import static io.attestgate.verify.testpki.DcapQuote.concat;
import static io.attestgate.verify.testpki.TpmKey.sized;
import static io.attestgate.verify.testpki.TpmKey.uint16;
import static io.attestgate.verify.testpki.TpmKey.uint32;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A quote to be made, with the evidence around it: every field may be changed before {@link
 * #attest} and {@link #evidence} write them. One thread.
 */
public final class TpmQuote {
    public static final byte[] NONE = new byte[0];

    public final TpmKey key;
    public int magic = 0xff544347;
    public int type = 0x8018;
    public byte[] extraData = new byte[32];
    public long clock = 1_000_000;
    public int resetCount = 7;
    public int restartCount = 3;
    public int safe = 1;
    public long firmwareVersion = 0x2026_0101_0000_0001L;
    public int bank = TpmKey.SHA256;
    public byte[] mask = {(byte) 0x93, 0, 0};

    /** The bank, and the values that the evidence has; PCR n of {@link #of} is n in each byte. */
    public final SortedMap<Integer, byte[]> values = new TreeMap<>();

    /** More selections than the one. */
    public byte[] otherSelections = NONE;

    public int selections = 1;

    /** In place of the right digest, if not empty. */
    public byte[] digest = NONE;

    public byte[] after = NONE;

    /** What the evidence has of the key: its area, its SPKI, or nothing. */
    public byte[] describedKey;

    public byte[] eventLog = NONE;
    public final List<byte[]> certificates = new ArrayList<>();
    public byte[] ek = NONE;
    public Json azure = new Json.Null();

    private TpmQuote(TpmKey key) {
        this.key = key;
        this.describedKey = key.area();
    }

    /** A good quote of PCRs 0, 1, 4 and 7 of the SHA-256 bank. */
    public static TpmQuote of(TpmKey key) {
        TpmQuote quote = new TpmQuote(key);
        for (int pcr : new int[] {0, 1, 4, 7}) {
            quote.values.put(pcr, new byte[32]);
            java.util.Arrays.fill(quote.values.get(pcr), (byte) pcr);
        }
        return quote;
    }

    /** The TPMS_ATTEST. */
    public byte[] attest() {
        return concat(
                uint32(magic),
                uint16(type),
                sized(key.name()),
                sized(extraData),
                ByteBuffer.allocate(8).putLong(clock).array(),
                uint32(resetCount),
                uint32(restartCount),
                new byte[] {(byte) safe},
                ByteBuffer.allocate(8).putLong(firmwareVersion).array(),
                uint32(selections),
                uint16(bank),
                new byte[] {(byte) mask.length},
                mask,
                otherSelections,
                sized(digest.length > 0 ? digest : digest()),
                after);
    }

    private byte[] digest() {
        return TpmKey.digest(key.hash, TpmKey.joined(values.values()));
    }

    /** The whole evidence, signed. */
    public byte[] evidence() {
        return evidence(key.sign(attest()));
    }

    /** The whole evidence with that signature. */
    public byte[] evidence(byte[] signature) {
        return CanonicalJson.write(json(signature));
    }

    public Json.Obj json(byte[] signature) {
        Map<String, Json> pcrs = new LinkedHashMap<>();
        values.forEach((pcr, value) -> pcrs.put(Integer.toString(pcr), text(value)));
        return Json.object(
                "attest", text(attest()),
                "azure", azure,
                "certificates", new Json.Arr(certificates.stream().map(TpmQuote::text).toList()),
                "ek", nullable(ek),
                "eventLog", nullable(eventLog),
                "key", nullable(describedKey),
                "pcrs",
                        Json.object(
                                bank == TpmKey.SHA384 ? "sha384" : "sha256", new Json.Obj(pcrs)),
                "signature", text(signature),
                "version", 1);
    }

    static Json text(byte[] bytes) {
        return new Json.Text(Base64Url.write(bytes));
    }

    static Json nullable(byte[] bytes) {
        return bytes.length == 0 ? new Json.Null() : text(bytes);
    }
}
