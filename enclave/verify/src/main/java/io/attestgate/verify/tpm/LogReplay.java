package io.attestgate.verify.tpm;

import io.attestgate.verify.eventlog.LogEvent;
import io.attestgate.verify.eventlog.Register;
import io.attestgate.verify.eventlog.TcgLog;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.wire.Parsed;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Replays an event log into the PCRs that were quoted.
 *
 * @param bank of the values
 * @param values those that were quoted, by number
 */
record LogReplay(TpmHash bank, SortedMap<Integer, Octets> values) {
    private static final String CLAUSE =
            "TCG PC Client Platform Firmware Profile §10; TPM 2.0 Part 3, TPM2_PCR_Extend";

    /** The last of the PCRs in which only what comes before the operating system is. */
    private static final int FIRMWARE_PCR_MAX = 7;

    /**
     * A log that is there explains every quoted PCR of the firmware, every other that it has events
     * of, and those that the reader names.
     *
     * @param replayed those that must be quoted and explained
     * @return how many events it has
     */
    Optional<Integer> judge(Optional<Octets> bytes, SortedSet<Integer> replayed)
            throws RefusedException {
        RefusedException.unless(
                values.keySet().containsAll(replayed),
                Check.PCRS,
                "quoted " + values.keySet(),
                "those that a log must explain: " + replayed,
                "the reader's policy");
        if (bytes.isEmpty()) {
            RefusedException.unless(
                    replayed.isEmpty(),
                    Check.EVENT_LOG,
                    "absent",
                    "a log that explains PCRs " + replayed,
                    "the reader's policy");
            return Optional.empty();
        }
        TcgLog log = log(bytes.get());
        for (int pcr : explained(log, replayed)) {
            replay(log, pcr);
        }
        return Optional.of(log.events().size());
    }

    private TcgLog log(Octets bytes) throws RefusedException {
        return switch (TcgLog.parse(bytes.bytes(), bank.bank())) {
            case Parsed.Good<TcgLog> good -> good.value();
            case Parsed.Bad<TcgLog> bad ->
                    throw new RefusedException(Refusal.of(Check.EVENT_LOG, bad, CLAUSE));
        };
    }

    private SortedSet<Integer> explained(TcgLog log, SortedSet<Integer> replayed) {
        Set<Integer> logged =
                log.events().stream().map(LogEvent::register).collect(Collectors.toSet());
        SortedSet<Integer> explained = new TreeSet<>(replayed);
        for (int pcr : values.keySet()) {
            if (pcr <= FIRMWARE_PCR_MAX || logged.contains(pcr)) {
                explained.add(pcr);
            }
        }
        return explained;
    }

    private void replay(TcgLog log, int pcr) throws RefusedException {
        Optional<Octets> quoted = Optional.ofNullable(values.get(pcr));
        Register register =
                pcr == 0
                        ? Register.startedFrom(bank.bank(), log.startupLocality())
                        : Register.of(bank.bank());
        log.events().stream()
                .filter(event -> event.register() == pcr)
                .forEach(event -> register.extend(event.digest()));
        RefusedException.unless(
                Optional.of(register.value()).equals(quoted),
                Check.EVENT_LOG,
                "PCR %d replays to %s".formatted(pcr, register.value()),
                "the quoted " + quoted.map(Octets::toString).orElse("none"),
                CLAUSE);
    }
}
