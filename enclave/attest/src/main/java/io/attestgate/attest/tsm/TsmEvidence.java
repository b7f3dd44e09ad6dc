package io.attestgate.attest.tsm;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.verify.dcap.Quote;
import io.attestgate.verify.dcap.TdReport;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.snp.Report;
import io.attestgate.verify.snp.SnpEvidence;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A report as evidence, and what it says of the guest that asked.
 *
 * @param reportData what it carries
 * @param registers as docs/measurement.md lists them
 * @param instance which machine; empty if the report hides it
 */
record TsmEvidence(
        CmwRecord record, Octets reportData, Octets registers, Optional<Hash32> instance) {

    /** TDX: the quote alone. */
    static TsmEvidence ofQuote(TsmReport report) throws PlatformException {
        byte[] bytes = report.outblob().bytes();
        Quote quote = good(Quote.parse(bytes));
        if (!(quote.body() instanceof TdReport body)) {
            throw new PlatformException(
                    "outblob: a quote of %s (expected: of a trust domain)".formatted(quote.tee()));
        }
        String platform = TsmProvider.TDX.platform();
        return new TsmEvidence(
                CmwRecord.of(platform, bytes),
                body.reportData(),
                Octets.of(body.registers()),
                quote.ppid().flatMap(ppid -> Instance.of(platform, ppid.bytes())));
    }

    /**
     * SEV-SNP: the report, with the host's certificates after it. A table that nobody can read is
     * the host's doing and is left away: a reader can bring the certificates himself.
     */
    static TsmEvidence ofReport(TsmReport tsm) throws PlatformException {
        byte[] alone = tsm.outblob().bytes();
        Report report = good(Report.parse(alone));
        byte[] both = joined(alone, tsm.auxblob().bytes());
        byte[] bytes = SnpEvidence.parse(both) instanceof Parsed.Good ? both : alone;
        String platform = TsmProvider.SNP.platform();
        return new TsmEvidence(
                CmwRecord.of(platform, bytes),
                report.reportData(),
                Octets.of(report.registers()),
                report.chipId().flatMap(id -> Instance.of(platform, id.bytes())));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static <T> T good(Parsed<T> parsed) throws PlatformException {
        return switch (parsed) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad ->
                    throw new PlatformException("outblob: " + first(bad.faults()));
        };
    }

    private static Fault first(List<Fault> faults) {
        return faults.getFirst();
    }
}
