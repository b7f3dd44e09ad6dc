package io.attestgate.verify.dcap;

import io.attestgate.verify.eventlog.DstackLog;
import io.attestgate.verify.eventlog.LogEvent;
import io.attestgate.verify.eventlog.Register;
import io.attestgate.verify.eventlog.TcgLog;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Parsed;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Function;

/** Holds event logs against the four registers of a trust domain, which they must replay to. */
public final class Rtmrs {
    private static final String CLAUSE = "Intel TDX Module ABI, TDG.MR.RTMR.EXTEND";

    /** In a CCEL log RTMR0 is number 1, since 0 stands for MRTD (UEFI 2.10, 38.4.1). */
    private static final int CCEL_OFFSET = 1;

    private Rtmrs() {}

    /** The same of a log in either form: CCEL's begins with the number of a register. */
    public static Optional<Refusal> refusal(byte[] log, TdReport report) {
        return log.length > 0 && log[0] >= 0 && log[0] <= TdReport.RTMRS
                ? replayed(TcgLog.parse(log, TcgLog.Bank.SHA384), one -> refusal(one, report))
                : replayed(DstackLog.parse(log), one -> refusal(one, report));
    }

    private static <T> Optional<Refusal> replayed(
            Parsed<T> log, Function<T, Optional<Refusal>> replay) {
        return switch (log) {
            case Parsed.Good<T> good -> replay.apply(good.value());
            case Parsed.Bad<T> bad ->
                    Optional.of(
                            Refusal.of(Check.EVENT_LOG, bad, "docs/evidence-dcap.md, event logs"));
        };
    }

    /**
     * Why a CCEL log is not that of this domain; empty if it is. RTMR3 is beyond firmware and boot
     * loader: it must replay only if the log has events of it.
     */
    public static Optional<Refusal> refusal(TcgLog log, TdReport report) {
        for (int rtmr = 0; rtmr < TdReport.RTMRS; rtmr++) {
            int index = rtmr + CCEL_OFFSET;
            boolean isLogged = log.events().stream().anyMatch(e -> e.register() == index);
            if (rtmr == TdReport.RTMRS - 1 && !isLogged) {
                continue;
            }
            Register register = Register.of(TcgLog.Bank.SHA384);
            log.events().stream()
                    .filter(event -> event.register() == index)
                    .map(LogEvent::digest)
                    .forEach(register::extend);
            Optional<Refusal> refusal = compare(rtmr, register.value(), report);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return beyond(log);
    }

    /** An event of a register that a domain does not have would be measured nowhere. */
    private static Optional<Refusal> beyond(TcgLog log) {
        return log.events().stream()
                .filter(event -> event.register() > TdReport.RTMRS)
                .findFirst()
                .map(
                        event ->
                                new Refusal(
                                        Check.EVENT_LOG,
                                        "an event of register " + event.register(),
                                        "registers 0 to 4",
                                        "UEFI 2.10, 38.4.1"));
    }

    /** Why dstack's log is not that of this domain; empty if it is. */
    public static Optional<Refusal> refusal(DstackLog log, TdReport report) {
        for (int rtmr = 0; rtmr < TdReport.RTMRS; rtmr++) {
            Optional<Refusal> refusal = compare(rtmr, log.replay(rtmr), report);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /**
     * The registers of platform {@code dstack}: those of {@code tdx} with RTMR3 zeroed, and the
     * replay of its events less the instance's id (docs/measurement.md). Only for a log that {@link
     * #refusal(DstackLog, TdReport)} does not refuse.
     */
    public static byte[] dstackRegisters(DstackLog log, TdReport report) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(report.registersWithout(TdReport.RTMRS - 1));
        all.writeBytes(log.withoutInstance().bytes());
        return all.toByteArray();
    }

    private static Optional<Refusal> compare(int rtmr, Octets replayed, TdReport report) {
        return replayed.equals(report.rtmr(rtmr))
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.EVENT_LOG,
                                "RTMR%d replays to %s".formatted(rtmr, replayed),
                                report.rtmr(rtmr).toString(),
                                CLAUSE));
    }
}
