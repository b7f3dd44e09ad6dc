package io.attestgate.attest.dstack;

import io.attestgate.attest.dstack.GuestAgent.Quoted;
import io.attestgate.attest.platform.KeyProvider;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.verify.dcap.Quote;
import io.attestgate.verify.dcap.Rtmrs;
import io.attestgate.verify.dcap.TdReport;
import io.attestgate.verify.eventlog.DstackLog;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.Optional;

/**
 * What a quote and the log behind it say about the system they are of: read as a verifier reads
 * them, so that an agent that lies is found here and not by a client.
 *
 * @param registers those of platform {@code dstack} (docs/measurement.md)
 * @param instance from the processor's PPID
 * @param keyProvider of the event {@code key-provider}; empty where there is none, or one without
 *     an identity
 */
record MeasuredSystem(
        Octets registers, Optional<Hash32> instance, Optional<KeyProvider> keyProvider) {
    static final String PLATFORM = "dstack";

    /**
     * Reads them.
     *
     * @throws PlatformException unless the quote is a domain's, carries {@code data}, and the log
     *     replays to its registers
     */
    static MeasuredSystem of(Quoted quoted, ReportData data) throws PlatformException {
        Quote quote = good("quote", Quote.parse(quoted.quote()));
        if (!(quote.body() instanceof TdReport report)) {
            throw new PlatformException("quote: of %s (expected: TDX)".formatted(quote.tee()));
        }
        if (!report.reportData().equals(Octets.of(data.bytes()))) {
            throw new PlatformException(
                    "quote: with report data %s (expected: what was asked for, %s)"
                            .formatted(report.reportData(), Octets.of(data.bytes())));
        }
        DstackLog log = good("event log", DstackLog.parse(quoted.log()));
        Optional<Refusal> refusal = Rtmrs.refusal(log, report);
        if (refusal.isPresent()) {
            throw new PlatformException(
                    "event log: %s (expected: %s)"
                            .formatted(refusal.get().found(), refusal.get().expected()));
        }
        return new MeasuredSystem(
                Octets.of(Rtmrs.dstackRegisters(log, report)),
                quote.ppid().flatMap(ppid -> Instance.of(PLATFORM, ppid.bytes())),
                log.keyProvider().map(his -> new KeyProvider(his.name(), his.id())));
    }

    private static <T> T good(String what, Parsed<T> parsed) throws PlatformException {
        Optional<T> value = parsed.toOptional();
        if (value.isEmpty()) {
            List<Fault> faults = parsed.faults();
            throw new PlatformException(what + ": " + faults.getFirst());
        }
        return value.get();
    }
}
