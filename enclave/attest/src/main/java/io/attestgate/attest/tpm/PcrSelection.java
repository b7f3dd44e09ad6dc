package io.attestgate.attest.tpm;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which PCRs of which bank stand for the code.
 *
 * @param pcrs one at least, each 0 to 23
 */
public record PcrSelection(Bank bank, SortedSet<Integer> pcrs) {
    static final int MASK_BYTES = 3;

    /** PCRs 0 to 23 are those of a PC Client's TPM (TCG PC Client Platform TPM Profile §4.6.1). */
    public static final int PCR_MAX = MASK_BYTES * Byte.SIZE - 1;

    public PcrSelection {
        pcrs = Collections.unmodifiableSortedSet(new TreeSet<>(pcrs));
        if (pcrs.isEmpty() || pcrs.first() < 0 || pcrs.last() > PCR_MAX) {
            throw new IllegalArgumentException(
                    "pcrs: %s (expected: 1 at least, each 0 to %d)".formatted(pcrs, PCR_MAX));
        }
    }

    /** A bank of PCRs, by its hash. SHA-1 is none: it is broken, and not trusted here. */
    public enum Bank {
        SHA256(Tpms.ALG_SHA256, 32),
        SHA384(Tpms.ALG_SHA384, 48);

        private final int algorithm;
        private final int sizeBytes;

        Bank(int algorithm, int sizeBytes) {
            this.algorithm = algorithm;
            this.sizeBytes = sizeBytes;
        }

        /** As the bootstrap file and evidence spell it: {@code sha256}. */
        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }

        int algorithm() {
            return algorithm;
        }

        int sizeBytes() {
            return sizeBytes;
        }
    }

    /** Those of a set of PCRs. */
    PcrSelection only(Set<Integer> some) {
        return new PcrSelection(bank, new TreeSet<>(some));
    }

    /** The lowest PCR is the lowest bit of the first byte (Part 2 §10.6.1). */
    byte[] mask() {
        byte[] mask = new byte[MASK_BYTES];
        pcrs.forEach(pcr -> mask[pcr / Byte.SIZE] |= (byte) (1 << pcr % Byte.SIZE));
        return mask;
    }

    static SortedSet<Integer> ofMask(byte[] mask) {
        SortedSet<Integer> pcrs = new TreeSet<>();
        for (int pcr = 0; pcr < mask.length * Byte.SIZE; pcr++) {
            if ((mask[pcr / Byte.SIZE] >>> pcr % Byte.SIZE & 1) != 0) {
                pcrs.add(pcr);
            }
        }
        return pcrs;
    }

    /** TPML_PCR_SELECTION of this one bank (Part 2 §10.9.7). */
    byte[] toBytes() {
        return new TpmWriter()
                .uint32(1)
                .uint16(bank.algorithm())
                .uint8(MASK_BYTES)
                .bytes(mask())
                .toBytes();
    }

    /** {@code sha256:0,2,4}. */
    @Override
    public String toString() {
        return bank.spelling()
                + pcrs.stream().map(Object::toString).collect(Collectors.joining(",", ":", ""));
    }
}
