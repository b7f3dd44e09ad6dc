package io.attestgate.attest.tpm;

import io.attestgate.attest.tpm.TpmException.Reason;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The values of the chosen PCRs at one time, by number. */
record Pcrs(PcrSelection selection, SortedMap<Integer, Octets> values) {

    Pcrs {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /**
     * Reads them; a TPM gives eight at a time, so a change between makes a mixture, which no quote
     * and no policy has.
     */
    static Pcrs read(Channel channel, PcrSelection selection) throws TpmException {
        SortedMap<Integer, Octets> values = new TreeMap<>();
        SortedSet<Integer> left = new TreeSet<>(selection.pcrs());
        while (!left.isEmpty()) {
            SortedMap<Integer, Octets> some = some(channel, selection.only(left));
            if (some.isEmpty() || !left.removeAll(some.keySet())) {
                throw TpmException.of(
                        Reason.NO_BANK,
                        "PCRs " + selection,
                        "%s are not there".formatted(left),
                        "a bank that this TPM has switched on");
            }
            values.putAll(some);
        }
        return new Pcrs(selection, values);
    }

    private static SortedMap<Integer, Octets> some(Channel channel, PcrSelection asked)
            throws TpmException {
        TpmWriter parameters = new TpmWriter().bytes(asked.toBytes());
        return parse(channel.run(CommandCode.PCR_READ, parameters).reader(), asked);
    }

    /** The answer's PCRs, some of those that were asked for. */
    static SortedMap<Integer, Octets> parse(TpmReader reader, PcrSelection asked)
            throws TpmException {
        int updates = reader.int32("update counter");
        SortedSet<Integer> read = selected(reader, asked);
        SortedMap<Integer, Octets> values = new TreeMap<>();
        int count = reader.int32("count of digests");
        if (count != read.size()) {
            throw reader.malformed(count + " digests", "one for each of " + read);
        }
        for (int pcr : read) {
            byte[] value = reader.sized("digest of PCR " + pcr);
            if (value.length != asked.bank().sizeBytes()) {
                throw reader.malformed(
                        "%d bytes of PCR %d, update %d".formatted(value.length, pcr, updates),
                        asked.bank().sizeBytes() + " bytes");
            }
            values.put(pcr, Octets.of(value));
        }
        reader.end();
        return values;
    }

    /** Which PCRs the answer has: those that were asked for, or fewer, or none. */
    private static SortedSet<Integer> selected(TpmReader reader, PcrSelection asked)
            throws TpmException {
        SortedSet<Integer> read = new TreeSet<>();
        int banks = reader.int32("count of banks");
        for (int i = 0; i < Math.min(banks, 1); i++) {
            int bank = reader.uint16("bank");
            read = PcrSelection.ofMask(reader.bytes("mask", reader.uint8("size of the mask")));
            if (bank != asked.bank().algorithm() || !asked.pcrs().containsAll(read)) {
                throw reader.malformed("PCRs %s of bank 0x%x".formatted(read, bank), "" + asked);
            }
        }
        if (banks > 1) {
            throw reader.malformed(banks + " banks", "1");
        }
        return read;
    }

    /**
     * SHA-256 over the values in the order of their numbers: what quotes ({@code
     * TPMS_QUOTE_INFO.pcrDigest}) and policies hold.
     */
    Hash32 digest() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        values.values().forEach(value -> all.writeBytes(value.bytes()));
        return Hash32.of(Digests.sha256(all.toByteArray()));
    }
}
