package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which PCRs of one bank (TPM 2.0 Part 2 §10.6.2, TPMS_PCR_SELECTION).
 *
 * @param bank the TPM_ALG_ID of the bank, of any hash function
 * @param mask bit {@code n % 8} of byte {@code n / 8} is PCR {@code n}; 1 to 4 bytes
 */
public record PcrSelection(int bank, Octets mask) {
    /** The PCRs of a PC client: three bytes of mask. */
    public static final int PCRS = 24;

    static final int MASK_BYTES = PCRS / Byte.SIZE;
    private static final int MASK_BYTES_MAX = 4;

    /** Those PCRs, each below 24. */
    public static PcrSelection of(TpmHash bank, SortedSet<Integer> pcrs) {
        byte[] mask = new byte[MASK_BYTES];
        for (int pcr : pcrs) {
            mask[pcr / Byte.SIZE] |= (byte) (1 << (pcr % Byte.SIZE));
        }
        return new PcrSelection(bank.id(), Octets.of(mask));
    }

    static PcrSelection take(ByteReader reader) throws MalformedException {
        int bank = reader.uint16("PCR bank");
        int sizeBytes = reader.uint8("PCR mask size");
        if (sizeBytes < 1 || sizeBytes > MASK_BYTES_MAX) {
            throw new MalformedException("PCR mask size", Integer.toString(sizeBytes), "1 to 4");
        }
        return new PcrSelection(bank, reader.octets("PCR mask", sizeBytes));
    }

    /** Their numbers, ascending: the order in which a digest has their values. */
    public SortedSet<Integer> pcrs() {
        List<Integer> all =
                IntStream.range(0, mask.size() * Byte.SIZE)
                        .filter(n -> (mask.at(n / Byte.SIZE) & (1 << (n % Byte.SIZE))) != 0)
                        .boxed()
                        .toList();
        return new TreeSet<>(all);
    }

    /** Several, as one text: {@code sha256 0,1,7; sha384 7}. */
    static String spell(List<PcrSelection> selections) {
        return selections.isEmpty()
                ? "none"
                : selections.stream().map(PcrSelection::toString).collect(Collectors.joining("; "));
    }

    /** {@code sha256 0,1,7}; with the mask where it has not three bytes. */
    @Override
    public String toString() {
        String name = TpmHash.of(bank).map(TpmHash::spelling).orElse(TpmHash.hex(bank));
        String numbers =
                pcrs().isEmpty()
                        ? "no PCR"
                        : pcrs().stream().map(String::valueOf).collect(Collectors.joining(","));
        return name + " " + numbers + (mask.size() == MASK_BYTES ? "" : " of mask " + mask);
    }
}
