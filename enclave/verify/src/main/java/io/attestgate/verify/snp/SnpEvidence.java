package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.util.Arrays;

/**
 * A report as it travels: alone, with zero bytes after it, or with the host's certificate table
 * after it (configfs-tsm's {@code outblob}, then its {@code auxblob}).
 *
 * @param carried certificates from the table, believed in nothing; none without a table
 */
public record SnpEvidence(Report report, Collateral carried) {
    /** A report and a table of five certificates in PEM, several times over. */
    public static final int SIZE_BYTES_MAX = 64 * 1024;

    /** Reads all of the bytes. */
    public static Parsed<SnpEvidence> parse(byte[] bytes) {
        if (bytes.length < Report.SIZE_BYTES || bytes.length > SIZE_BYTES_MAX) {
            return Parsed.bad(
                    new Fault(
                            "report",
                            bytes.length + " bytes",
                            "1184 bytes, and at most 64 KiB with a table of certificates"));
        }
        byte[] rest = Arrays.copyOfRange(bytes, Report.SIZE_BYTES, bytes.length);
        return Report.parse(Arrays.copyOf(bytes, Report.SIZE_BYTES))
                .then(
                        report ->
                                carried(rest)
                                        .then(
                                                carried ->
                                                        Parsed.good(
                                                                new SnpEvidence(report, carried))));
    }

    private static Parsed<Collateral> carried(byte[] rest) {
        CollateralReader reader = new CollateralReader();
        try {
            if (CertificateTable.isLike(rest)) {
                reader.table(rest);
            } else {
                ByteReader.of(rest).padding("after the report");
            }
            return Parsed.good(reader.read());
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }
}
