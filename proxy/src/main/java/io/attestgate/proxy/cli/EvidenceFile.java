package io.attestgate.proxy.cli;

import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.kind.EvidenceKind;

/** What a person keeps in a file and calls evidence. */
sealed interface EvidenceFile {

    /**
     * A report that stands alone.
     *
     * @param kind as its first bytes say
     */
    record Report(EvidenceKind kind, Octets evidence) implements EvidenceFile {}

    /** What a gateway answers: claims, and reports that stand behind them. */
    record Envelope(EvidenceEnvelope envelope) implements EvidenceFile {}
}
