package io.attestgate.attest.tsm;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.snp.Report;

/**
 * The secure processor's key for this guest. What to mix in stands in a report, which comes by the
 * same encrypted way as the key: the host can hold it back and not change it.
 */
record SnpSealingRoot(TsmReports reports, SevGuest device) implements SealingRoot {

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public SecretMemory secret() throws PlatformException {
        TsmReport tsm = reports.make(new byte[ReportData.SIZE_BYTES]);
        TsmProvider.SNP.require(tsm.provider());
        Report report = TsmEvidence.good(Report.parse(tsm.outblob().bytes()));
        return device.derivedKey(DerivedKeyRequest.of(report));
    }
}
