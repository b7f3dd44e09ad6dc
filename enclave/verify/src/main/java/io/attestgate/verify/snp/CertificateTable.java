package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Parsed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The table in which a host hands certificates to its guest, as configfs-tsm has it in {@code
 * auxblob} (GHCB Specification 2.0, 4.1.8.1): GUID, offset, length; ended by a zero GUID.
 *
 * @param entries what each known GUID names, in PEM or DER; others are passed over
 */
record CertificateTable(Map<Entry, Octets> entries) {
    /** The five that are known, and room for a host's own. */
    static final int ENTRIES_MAX = 16;

    private static final String NAME = "certificate table";
    private static final int GUID_BYTES = 16;

    /** The GUIDs that the specification names, as their bytes stand in the table. */
    enum Entry {
        VCEK("63da758de6644564adc5f4b93be8accd"),
        VLEK("a8074bc2a25a483eaae639c045a0b8a1"),
        ASK("4ab7b379bbac4fe4a02f05aef327c782"),
        ARK("c0b406a4a803495297433fb6014cd0ae"),
        CRL("92f81bc358114d3d97ffd19f88dc67ea");

        private final String guid;

        Entry(String guid) {
            this.guid = guid;
        }
    }

    CertificateTable {
        entries = Map.copyOf(entries);
    }

    /** Whether the first entry is one of those known. */
    static boolean isLike(byte[] bytes) {
        return bytes.length > GUID_BYTES
                && entry(Octets.of(Arrays.copyOf(bytes, GUID_BYTES))).isPresent();
    }

    /** Reads a whole table; zero bytes may follow what it names. */
    static Parsed<CertificateTable> parse(byte[] bytes) {
        try {
            return Parsed.good(new CertificateTable(read(bytes)));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static Map<Entry, Octets> read(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes);
        Map<Entry, Octets> entries = new LinkedHashMap<>();
        for (int i = 0; i <= ENTRIES_MAX; i++) {
            Octets guid = reader.octets(NAME, GUID_BYTES);
            long offset = reader.uint32(NAME);
            long length = reader.uint32(NAME);
            if (Report.isZero(guid)) {
                return entries;
            }
            if (offset + length > bytes.length) {
                throw new MalformedException(
                        NAME,
                        "%d bytes at %d".formatted(length, offset),
                        "within %d bytes".formatted(bytes.length));
            }
            put(entries, guid, Arrays.copyOfRange(bytes, (int) offset, (int) (offset + length)));
        }
        throw new MalformedException(NAME, "more", "at most " + ENTRIES_MAX + " entries");
    }

    private static void put(Map<Entry, Octets> entries, Octets guid, byte[] content)
            throws MalformedException {
        Optional<Entry> entry = entry(guid);
        if (entry.isPresent() && entries.put(entry.get(), Octets.of(content)) != null) {
            throw new MalformedException(NAME, entry.get() + " twice", "each once");
        }
    }

    private static Optional<Entry> entry(Octets guid) {
        String digits = Hex.write(guid.bytes()).substring(2);
        return Arrays.stream(Entry.values()).filter(one -> one.guid.equals(digits)).findFirst();
    }
}
