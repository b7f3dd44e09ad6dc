package io.attestgate.verify.snp;

import java.util.Arrays;
import java.util.Optional;

/**
 * A line of AMD's processors, each with a root of its own.
 *
 * <p>Named as in certificates ("Milan-B0" and "Milan" are both Milan). The models are those of
 * CPUID: SEV-SNP Firmware ABI, 7.3; family 19h models 00h to 0Fh, 10h to 1Fh and A0h to AFh
 * (Bergamo and Siena, which have Genoa's root), family 1Ah models 00h to 1Fh.
 */
public enum SnpProduct {
    MILAN("Milan"),
    GENOA("Genoa"),
    TURIN("Turin");

    private static final int FAMILY_ZEN_3_4 = 0x19;
    private static final int FAMILY_ZEN_5 = 0x1a;

    private final String spelling;

    SnpProduct(String spelling) {
        this.spelling = spelling;
    }

    /** Reads the name in a certificate or a policy: up to a hyphen, exactly. */
    public static Optional<SnpProduct> parse(String name) {
        int hyphen = name.indexOf('-');
        String line = hyphen < 0 ? name : name.substring(0, hyphen);
        return Arrays.stream(values()).filter(one -> one.spelling.equals(line)).findFirst();
    }

    /** By combined family and model, as version 3 reports have them. */
    public static Optional<SnpProduct> of(int family, int model) {
        int extendedModel = model >> 4;
        return switch (family) {
            case FAMILY_ZEN_3_4 ->
                    switch (extendedModel) {
                        case 0x0 -> Optional.of(MILAN);
                        case 0x1, 0xa -> Optional.of(GENOA);
                        default -> Optional.empty();
                    };
            case FAMILY_ZEN_5 ->
                    extendedModel <= 1 ? Optional.of(TURIN) : Optional.<SnpProduct>empty();
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return spelling;
    }
}
