package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.Octets;

/**
 * The versions of what a processor's security rests on (SEV-SNP Firmware ABI, 2.2, TCB_VERSION).
 *
 * @param fmc the first mutable code; Turin alone has it, elsewhere 0
 * @param bootloader of the secure processor
 * @param tee its operating system
 * @param snp the SNP firmware
 * @param microcode the lowest of all cores
 */
public record SnpTcb(int fmc, int bootloader, int tee, int snp, int microcode) {
    /** What a TCB_VERSION takes in a report. */
    public static final int SIZE_BYTES = 8;

    private static final int MICROCODE_AT = 7;

    /** Reads a TCB_VERSION, whose layout is the product's: Turin's begins with FMC. */
    public static SnpTcb of(SnpProduct product, Octets bytes) {
        return switch (product) {
            case MILAN, GENOA ->
                    new SnpTcb(0, bytes.at(0), bytes.at(1), bytes.at(6), bytes.at(MICROCODE_AT));
            case TURIN ->
                    new SnpTcb(
                            bytes.at(0),
                            bytes.at(1),
                            bytes.at(2),
                            bytes.at(3),
                            bytes.at(MICROCODE_AT));
        };
    }

    /** Whether every component is at least the floor's. */
    public boolean reaches(SnpTcb floor) {
        return fmc >= floor.fmc
                && bootloader >= floor.bootloader
                && tee >= floor.tee
                && snp >= floor.snp
                && microcode >= floor.microcode;
    }

    /** Its components by the names of a policy's floors, as many as that product has. */
    String spelt(SnpProduct product) {
        String common =
                "bootloader %d, tee %d, snp %d, microcode %d"
                        .formatted(bootloader, tee, snp, microcode);
        return product == SnpProduct.TURIN ? "fmc %d, %s".formatted(fmc, common) : common;
    }
}
