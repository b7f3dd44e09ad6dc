package io.attestgate.proxy.cli;

import io.attestgate.verify.dcap.Quote;
import io.attestgate.verify.dcap.Rtmrs;
import io.attestgate.verify.dcap.TdReport;
import io.attestgate.verify.eventlog.TcgLog;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Parsed;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A log that somebody kept beside a TDX quote.
 *
 * @param log at most as much as a log may have
 */
record ReplayedLog(Octets log, TdReport report) {

    /**
     * Reads the file.
     *
     * @throws CommandException if it cannot be read, or that evidence has no registers of TDX
     */
    static ReplayedLog open(String name, Path file, EvidenceFile.Report evidence)
            throws CommandException {
        if (!(Quote.parse(evidence.evidence().bytes()) instanceof Parsed.Good<Quote> quote)
                || !(quote.value().body() instanceof TdReport report)) {
            throw CommandException.wrongUse(
                    "%s: with %s (expected: with a TDX quote)"
                            .formatted(name, evidence.kind().title()));
        }
        byte[] bytes = Files.read(name, file, TcgLog.SIZE_BYTES_MAX);
        return new ReplayedLog(Octets.of(bytes), report);
    }

    /** Why these are not the events of that quote; empty if they are. */
    Optional<Refusal> refusal() {
        return Rtmrs.refusal(log.bytes(), report);
    }
}
