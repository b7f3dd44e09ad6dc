package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.MalformedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * In which mode of confidential computing a GPU says that it runs: its feature flag (field 36), or
 * in older formats whether PCIe is protected (field 21).
 */
public enum Mode {
    /** One GPU, passed through to one guest. */
    SPT,
    /** Several GPUs of one guest, with encrypted NVLink between them. */
    MPT,
    /** Several GPUs of one guest, with plain NVLink: the switches are trusted too. */
    PPCIE,
    /** The report's format has no flag; what is measured speaks alone. */
    UNREPORTED;

    private static final long PROTECTED = 0xaa;
    private static final long UNKNOWN = 3;

    static Mode of(OpaqueData data) throws MalformedException {
        Optional<Long> flag = data.number(OpaqueData.FEATURE_FLAG);
        if (flag.isEmpty()) {
            return data.number(OpaqueData.PROTECTED_PCIE_STATUS)
                    .filter(status -> status == PROTECTED)
                    .map(status -> PPCIE)
                    .orElse(UNREPORTED);
        }
        return switch (Math.toIntExact(Math.min(flag.get(), UNKNOWN))) {
            case 0 -> SPT;
            case 1 -> MPT;
            case 2 -> PPCIE;
            default ->
                    throw new MalformedException(
                            OpaqueData.name(OpaqueData.FEATURE_FLAG),
                            Long.toString(flag.get()),
                            "0 (SPT), 1 (MPT) or 2 (PPCIE)");
        };
    }

    /** Reads the spelling of policies. */
    public static Optional<Mode> parse(String spelling) {
        return Arrays.stream(values()).filter(one -> one.spelling().equals(spelling)).findFirst();
    }

    /** Lower case: {@code spt}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return spelling();
    }
}
