package io.attestgate.verify;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.simulated.SimulatedReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which members an envelope has, what each is for, and of which kinds it may be (docs/evidence.md,
 * members).
 *
 * <p>One leads: its registers make the measurement, and it is the platform that the reader accepts
 * by name. That is {@code cpu}, or {@code tpm} where there is none. Others stand beside it and
 * vouch for the same claims: {@code cpu1} and on, {@code tpm}, and GPUs from {@code gpu0} on, each
 * numbered without a gap. An event log belongs to dstack's {@code cpu}.
 */
record Members(EvidenceEnvelope envelope) {
    static final String CPU = "cpu";
    static final String TPM = "tpm";
    static final String GPU = "gpu";
    static final String EVENT_LOG = "eventlog";
    static final String DSTACK = "dstack";

    private static final String CLAUSE = "docs/evidence.md, members";
    private static final SortedSet<String> PROCESSORS = sorted("nitro", "sgx", "snp", "tdx");
    private static final SortedSet<String> LEADING =
            sorted(DSTACK, "nitro", "sgx", SimulatedReport.KIND, "snp", "tdx");
    private static final SortedSet<String> TPMS =
            sorted("azure-snp", "azure-tdx", "nitro-tpm", TPM);
    private static final SortedSet<String> GPUS = sorted("nvidia");

    private static SortedSet<String> sorted(String... kinds) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(List.of(kinds)));
    }

    /** Why these members cannot be judged; empty if they can. */
    Optional<Refusal> refusal() {
        return names().or(this::kinds);
    }

    private Optional<Refusal> names() {
        SortedSet<String> expected = new TreeSet<>(legs());
        if (expected.isEmpty()) {
            expected.add(CPU);
        }
        if (has(CPU) && leading().kind().equals(DSTACK)) {
            expected.add(EVENT_LOG);
        }
        Set<String> found = envelope.evidence().keySet();
        return found.equals(expected)
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.MEMBERS,
                                found.toString(),
                                expected + ": this release judges no other member",
                                CLAUSE));
    }

    private Optional<Refusal> kinds() {
        return legs().stream()
                .filter(name -> !kinds(name).contains(member(name).kind()))
                .findFirst()
                .map(
                        name ->
                                new Refusal(
                                        Check.PLATFORM,
                                        "%s of kind %s".formatted(name, member(name).kind()),
                                        "one of " + kinds(name),
                                        CLAUSE));
    }

    /** What may stand under that name. */
    static SortedSet<String> kinds(String leg) {
        return switch (leg) {
            case CPU -> LEADING;
            case TPM -> TPMS;
            default -> isGpu(leg) ? GPUS : PROCESSORS;
        };
    }

    /** Where evidence of that kind would stand first in an envelope. */
    static String nameOf(String kind) {
        return TPMS.contains(kind) ? TPM : GPUS.contains(kind) ? GPU + 0 : CPU;
    }

    /** The kinds that say which code asked for them: all but devices beside it. */
    static SortedSet<String> measured() {
        SortedSet<String> kinds = new TreeSet<>(LEADING);
        kinds.addAll(TPMS);
        return kinds;
    }

    /** Those that are evidence by themselves; the leading one first. */
    List<String> legs() {
        List<String> legs = new ArrayList<>();
        if (has(CPU)) {
            legs.add(CPU);
            legs.addAll(numbered(CPU, 1));
        }
        if (has(TPM)) {
            legs.add(TPM);
        }
        if (!legs.isEmpty()) {
            legs.addAll(numbered(GPU, 0));
        }
        return legs;
    }

    private List<String> numbered(String name, int first) {
        List<String> legs = new ArrayList<>();
        for (int i = first; has(name + i); i++) {
            legs.add(name + i);
        }
        return legs;
    }

    /** The leading one; there is one, or {@link #refusal} says so. */
    CmwRecord leading() {
        return member(legs().getFirst());
    }

    CmwRecord member(String name) {
        return Objects.requireNonNull(envelope.evidence().get(name));
    }

    private boolean has(String name) {
        return envelope.evidence().containsKey(name);
    }

    static boolean isGpu(String member) {
        return member.startsWith(GPU);
    }
}
