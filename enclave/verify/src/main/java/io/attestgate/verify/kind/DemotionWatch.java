package io.attestgate.verify.kind;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Warns before a platform is demoted: judges evidence that passes by standard documents once more,
 * by early ones and the same policy. The verdict stays that of the standard documents.
 *
 * @param standard what the verdict was made by
 * @param early the same with the vendor's early documents
 */
public record DemotionWatch(EvidenceKind kind, Bundle standard, Bundle early) {
    /** What a newer evaluation changes; another refusal is of the documents, not the platform. */
    private static final Set<Check> DEMOTIONS =
            EnumSet.of(Check.TCB_LEVEL, Check.TCB_STATE, Check.ADVISORY, Check.REVOKED);

    /** Looks ahead for evidence that the standard documents let pass. */
    public Outlook outlook(byte[] evidence, AppraisalPolicy policy, Instant now) {
        return switch (kind.verify(evidence, early, policy, Optional.empty(), now)) {
            case Appraisal.Trusted trusted -> new Outlook.Stays();
            case Refusal refusal when DEMOTIONS.contains(refusal.check()) -> demotion(refusal);
            case Refusal refusal -> new Outlook.Unclear(refusal.toString());
        };
    }

    private Outlook demotion(Refusal refusal) {
        List<Holding> announced = holdings(early);
        OptionalInt evaluation = evaluation(announced);
        return new Outlook.Demotion(
                refusal,
                evaluation(holdings(standard)),
                evaluation,
                evaluation.isEmpty()
                        ? Optional.empty()
                        : announced.stream()
                                .filter(one -> one.form() == Holding.Form.TCB_RECOVERY)
                                .filter(one -> one.evaluation().equals(evaluation))
                                .map(Holding::from)
                                .findFirst());
    }

    private List<Holding> holdings(Bundle bundle) {
        return kind.holdings(bundle) instanceof Parsed.Good<List<Holding>> good
                ? good.value()
                : List.of();
    }

    /** The newest that any TCB info there takes into account. */
    private static OptionalInt evaluation(List<Holding> holdings) {
        return holdings.stream()
                .filter(one -> one.form() == Holding.Form.TCB_INFO)
                .flatMapToInt(one -> one.evaluation().stream())
                .max();
    }
}
