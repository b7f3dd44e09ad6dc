package io.attestgate.attest.tsm;

import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.SnpReport;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A driver whose reports a function makes.
 *
 * @param maker of a report, from what was written into inblob
 * @param auxblob what the host adds; absent where the driver has no such attribute
 */
record PlayedDriver(
        String name,
        Optional<Integer> privlevelFloor,
        UnaryOperator<byte[]> maker,
        Optional<byte[]> auxblob)
        implements FakeConfigfs.Driver {

    /** Its reports are what was written. */
    static PlayedDriver plain() {
        return of(inblob -> inblob);
    }

    static PlayedDriver of(UnaryOperator<byte[]> maker) {
        return new PlayedDriver("tdx_guest", Optional.empty(), maker, Optional.empty());
    }

    /** A trust domain under that PKI, in quotes of version 4. */
    static PlayedDriver tdx(DcapPki pki) {
        return of(inblob -> DcapQuote.of(pki, 4, DcapQuote.TD_1_0).reportData(inblob).make());
    }

    /** A guest whose report that is, but for its data. */
    static PlayedDriver snp(SnpReport report, byte[] auxblob) {
        var vek = report.vcek();
        return new PlayedDriver(
                "sev_guest",
                Optional.of(0),
                inblob -> report.put(SnpReport.REPORT_DATA, inblob).make(vek.keys()),
                Optional.of(auxblob));
    }

    PlayedDriver withFloor(int floor) {
        return new PlayedDriver(name, Optional.of(floor), maker, auxblob);
    }

    PlayedDriver named(String other) {
        return new PlayedDriver(other, privlevelFloor, maker, auxblob);
    }

    @Override
    public boolean hasAuxblob() {
        return auxblob.isPresent();
    }

    /** sev-guest: EINVAL unless exactly 64 bytes were written; at a level that it was told of. */
    @Override
    public List<byte[]> report(byte[] inblob, int privlevel) throws ErrnoException {
        if (privlevel < privlevelFloor.orElse(0)) {
            throw ErrnoException.of("report", Errno.EINVAL.number());
        }
        return auxblob.map(aux -> List.of(maker.apply(inblob), aux))
                .orElseGet(() -> List.of(maker.apply(inblob)));
    }
}
