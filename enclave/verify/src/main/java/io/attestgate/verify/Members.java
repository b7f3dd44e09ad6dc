package io.attestgate.verify;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which members an envelope has, and what each is for (docs/evidence.md, members).
 *
 * <p>One leads: its registers make the measurement, and it is the platform that the reader accepts
 * by name. That is {@code cpu}, or {@code tpm} where there is none. Others stand beside it and
 * vouch for the same claims: {@code tpm}, and GPUs numbered from 0 without a gap. An event log
 * belongs to dstack's {@code cpu}.
 */
record Members(EvidenceEnvelope envelope) {
    static final String CPU = "cpu";
    static final String TPM = "tpm";
    static final String GPU = "gpu";
    static final String EVENT_LOG = "eventlog";
    static final String DSTACK = "dstack";

    /** Why these members cannot be judged; empty if they can. */
    Optional<Refusal> refusal() {
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
                                "docs/evidence.md, members"));
    }

    /** Those that are evidence by themselves; the leading one first. */
    List<String> legs() {
        List<String> legs = new ArrayList<>();
        for (String name : List.of(CPU, TPM)) {
            if (has(name)) {
                legs.add(name);
            }
        }
        if (!legs.isEmpty()) {
            for (int i = 0; has(GPU + i); i++) {
                legs.add(GPU + i);
            }
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
