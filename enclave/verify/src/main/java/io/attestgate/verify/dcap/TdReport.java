package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.Fields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The report body of a trust domain (TDX DCAP Quoting Library API, A.3 and A.4): 584 bytes for TDX
 * 1.0, 648 for 1.5, 885 for 1.5 with the partition's own fields.
 */
public final class TdReport implements QuoteBody {
    static final int SIZE_BYTES_1_0 = 584;
    static final int SIZE_BYTES_1_5 = 648;
    static final int SIZE_BYTES_1_5_EX = 885;

    static final int RTMRS = 4;

    private static final int REGISTER_BYTES = 48;
    private static final int MIGRATABLE_BYTE = 3;
    private static final int MIGRATABLE = 1 << 5;

    private static final Object[] LAYOUT_1_0 = {
        "teeTcbSvn", 16,
        "mrSeam", 48,
        "mrSignerSeam", 48,
        "seamAttributes", 8,
        "tdAttributes", 8,
        "xfam", 8,
        "mrTd", 48,
        "mrConfigId", 48,
        "mrOwner", 48,
        "mrOwnerConfig", 48,
        "rtmr0", 48,
        "rtmr1", 48,
        "rtmr2", 48,
        "rtmr3", 48,
        "reportData", 64
    };
    private static final Object[] MORE_1_5 = {"teeTcbSvn2", 16, "mrServiceTd", 48};
    private static final Object[] MORE_1_5_EX = {"vmId", 1, "tdId", 32, "extension", 204};

    private final Fields fields;
    private final int type;

    private TdReport(Fields fields, int type) {
        this.fields = fields;
        this.type = type;
    }

    static TdReport of(byte[] bytes) throws MalformedException {
        int type =
                switch (bytes.length) {
                    case SIZE_BYTES_1_0 -> TYPE_TD_1_0;
                    case SIZE_BYTES_1_5 -> TYPE_TD_1_5;
                    case SIZE_BYTES_1_5_EX -> TYPE_TD_1_5_EX;
                    default ->
                            throw new MalformedException(
                                    "TD report", bytes.length + " bytes", "584, 648 or 885 bytes");
                };
        return new TdReport(Fields.cut(bytes, layout(type)), type);
    }

    private static Object[] layout(int type) {
        return switch (type) {
            case TYPE_TD_1_0 -> LAYOUT_1_0;
            case TYPE_TD_1_5 -> joined(LAYOUT_1_0, MORE_1_5);
            default -> joined(joined(LAYOUT_1_0, MORE_1_5), MORE_1_5_EX);
        };
    }

    private static Object[] joined(Object[] first, Object[] second) {
        Object[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    Octets field(String name) {
        return fields.octets(name);
    }

    /** The SVNs of the module and its platform when this domain was launched. */
    Octets teeTcbSvn() {
        return field("teeTcbSvn");
    }

    /** The SVNs as they are now; empty before TDX 1.5. */
    Optional<Octets> teeTcbSvn2() {
        return type >= TYPE_TD_1_5 ? Optional.of(field("teeTcbSvn2")) : Optional.empty();
    }

    /** One of the four registers that running code extends. */
    public Octets rtmr(int index) {
        return field("rtmr" + index);
    }

    @Override
    public Tee tee() {
        return Tee.TDX;
    }

    @Override
    public int type() {
        return type;
    }

    @Override
    public Octets reportData() {
        return field("reportData");
    }

    /** Any bit of the group TUD, "TD under debug", of which DEBUG is the first. */
    @Override
    public boolean isDebug() {
        return field("tdAttributes").at(0) != 0;
    }

    /**
     * The attribute MIGRATABLE, bit 29, which a quote of each version carries. A service TD that is
     * bound without it can move nothing; MRSERVICETD is among the {@link #fields}.
     */
    @Override
    public boolean isMigratable() {
        return (field("tdAttributes").at(MIGRATABLE_BYTE) & MIGRATABLE) != 0;
    }

    @Override
    public byte[] registers() {
        return fields.concatenated(
                "mrTd", "rtmr0", "rtmr1", "rtmr2", "rtmr3", "mrConfigId", "xfam", "tdAttributes");
    }

    /** {@link #registers} with one RTMR zeroed. */
    byte[] registersWithout(int rtmr) {
        byte[] registers = registers();
        int from = (1 + rtmr) * REGISTER_BYTES; // MRTD stands first.
        Arrays.fill(registers, from, from + REGISTER_BYTES, (byte) 0);
        return registers;
    }

    @Override
    public SortedMap<String, String> fields() {
        return fields.hex();
    }
}
