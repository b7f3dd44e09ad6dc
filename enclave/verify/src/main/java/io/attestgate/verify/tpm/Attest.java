package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Parsed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a TPM signs for TPM2_Quote (TPM 2.0 Part 2 §10.12, TPMS_ATTEST with TPMS_QUOTE_INFO), taken
 * apart and believed in nothing.
 *
 * @param bytes all of it, which is what is signed
 * @param qualifiedSigner the Qualified Name of the key: its Name under those of its parents
 * @param extraData what the caller asked to be in it: {@code qualifyingData}
 * @param firmwareVersion of the TPM, eight bytes, as its vendor counts
 * @param selections of which PCRs
 * @param pcrDigest of their values in that order, with the hash function of the signature
 */
public record Attest(
        Octets bytes,
        Octets qualifiedSigner,
        Octets extraData,
        Clock clock,
        Octets firmwareVersion,
        List<PcrSelection> selections,
        Octets pcrDigest) {
    /** Far more than every field at its longest. */
    public static final int SIZE_BYTES_MAX = 1024;

    /** TPM_GENERATED_VALUE: no restricted key signs it for anybody but its own TPM. */
    static final int MAGIC = 0xff544347;

    private static final int TYPE_QUOTE = 0x8018;
    private static final int SELECTIONS_MAX = 16;
    private static final int EXTRA_BYTES_MAX = 66;
    private static final int NAME_BYTES_MAX = 66;
    private static final int DIGEST_BYTES_MAX = 64;
    private static final String NAME = "TPMS_ATTEST";

    /**
     * The TPM's own time (TPM 2.0 Part 2 §10.11.1, TPMS_CLOCK_INFO). Of a key that is not in the
     * endorsement hierarchy both counts have a constant of the key added.
     *
     * @param milliseconds that it was powered, eight bytes
     * @param resetCount how often it was reset, since its owner cleared it
     * @param restartCount how often it was restarted or resumed since
     * @param safe whether that time was never told before
     */
    public record Clock(Octets milliseconds, long resetCount, long restartCount, boolean safe) {}

    public Attest {
        selections = List.copyOf(selections);
    }

    /** Whether bytes begin as whatever a TPM made does. */
    static boolean isLike(byte[] bytes) {
        return bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == MAGIC;
    }

    /** Reads all of the bytes. */
    public static Parsed<Attest> parse(byte[] bytes) {
        try {
            if (bytes.length > SIZE_BYTES_MAX) {
                throw new MalformedException(NAME, bytes.length + " bytes", "at most 1 KiB");
            }
            return Parsed.good(read(bytes));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static Attest read(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.bigEndian(bytes);
        long magic = reader.uint32("magic");
        if (magic != Integer.toUnsignedLong(MAGIC)) {
            throw new MalformedException(
                    "magic", "0x%08x".formatted(magic), "0xff544347, TPM_GENERATED_VALUE");
        }
        int type = reader.uint16("type");
        if (type != TYPE_QUOTE) {
            throw new MalformedException(
                    "type", "0x%04x".formatted(type), "0x8018, TPM_ST_ATTEST_QUOTE");
        }
        Attest attest =
                new Attest(
                        Octets.of(bytes),
                        sized(reader, "qualifiedSigner", NAME_BYTES_MAX),
                        sized(reader, "extraData", EXTRA_BYTES_MAX),
                        clock(reader),
                        reader.octets("firmwareVersion", Long.BYTES),
                        selections(reader),
                        sized(reader, "pcrDigest", DIGEST_BYTES_MAX));
        reader.end(NAME);
        return attest;
    }

    private static Octets sized(ByteReader reader, String name, int max) throws MalformedException {
        Octets octets = Octets.of(reader.bytes16(name));
        if (octets.size() > max) {
            throw new MalformedException(name, octets.size() + " bytes", "at most " + max);
        }
        return octets;
    }

    private static Clock clock(ByteReader reader) throws MalformedException {
        Octets milliseconds = reader.octets("clock", Long.BYTES);
        long resetCount = reader.uint32("resetCount");
        long restartCount = reader.uint32("restartCount");
        int safe = reader.uint8("safe");
        if (safe > 1) {
            throw new MalformedException("safe", Integer.toString(safe), "0 or 1, TPMI_YES_NO");
        }
        return new Clock(milliseconds, resetCount, restartCount, safe == 1);
    }

    private static List<PcrSelection> selections(ByteReader reader) throws MalformedException {
        long count = reader.uint32("PCR selections");
        if (count > SELECTIONS_MAX) {
            throw new MalformedException("PCR selections", Long.toString(count), "at most 16");
        }
        List<PcrSelection> selections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            selections.add(PcrSelection.take(reader));
        }
        return selections;
    }
}
