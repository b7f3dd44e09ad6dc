package io.attestgate.verify.tpm;

import io.attestgate.verify.azure.HclReport;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyPartReader;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * TPM 2.0 quotes, as {@link EvidenceKind} asks about them: our JSON, a bare TPMS_ATTEST with its
 * parts in the collateral, and an HCL report, which can be shown but says nothing without a quote.
 */
public final class TpmKind implements EvidenceKind {
    /** The claim that holds what the quote's caller asked to be in it. */
    public static final String EXTRA_DATA = Claims.EXTRA_DATA;

    private static final String CLAUSE = "docs/evidence-tpm.md, evidence";

    private final List<EvidenceKind> processors;
    private final Inspection inspection;

    /**
     * @param processors the kinds of reports that may vouch for a TPM's key
     */
    public TpmKind(List<EvidenceKind> processors) {
        this.processors = List.copyOf(processors);
        this.inspection = new Inspection(this.processors);
    }

    @Override
    public String name() {
        return "tpm";
    }

    @Override
    public Set<String> mediaTypes() {
        return TrustedQuote.PLATFORMS;
    }

    @Override
    public String title() {
        return "TPM 2.0 quote";
    }

    @Override
    public boolean isLike(byte[] evidence) {
        return Attest.isLike(evidence)
                || TpmEvidenceReader.isLike(evidence)
                || HclReport.isLike(evidence);
    }

    @Override
    public Parsed<Json.Obj> inspect(byte[] evidence) {
        if (Attest.isLike(evidence)) {
            return Attest.parse(evidence).then(good -> Parsed.good(inspection.of(good)));
        }
        if (HclReport.isLike(evidence)) {
            return HclReport.parse(evidence)
                    .then(good -> Parsed.good(inspection.hcl(good.hardware(), good.runtime())));
        }
        return TpmEvidence.parse(evidence).then(good -> Parsed.good(inspection.of(good)));
    }

    @Override
    public Map<String, Hash32> namedRoots() {
        return Verifier.NAMED_ROOTS;
    }

    @Override
    public Map<String, PolicyPartReader> policyParts() {
        return Map.of(name(), new TpmPolicyReader());
    }

    @Override
    public Appraisal verify(
            byte[] evidence,
            Bundle collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        return switch (read(evidence, collateral)) {
            case Parsed.Bad<TpmEvidence> bad -> Refusal.of(Check.REPORT, bad, CLAUSE);
            case Parsed.Good<TpmEvidence> good ->
                    verify(good.value(), collateral, policy, reportData, now);
        };
    }

    /** Judges evidence that was read already. */
    public Appraisal verify(
            TpmEvidence evidence,
            Bundle collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        return switch (Collateral.parse(collateral)) {
            case Parsed.Bad<Collateral> bad ->
                    Refusal.of(Check.COLLATERAL, bad, "docs/evidence-tpm.md, collateral");
            case Parsed.Good<Collateral> good ->
                    Verifier.verify(evidence, good.value(), processors, policy, reportData, now);
        };
    }

    private static Parsed<TpmEvidence> read(byte[] evidence, Bundle collateral) {
        if (Attest.isLike(evidence)) {
            return BareQuote.parse(evidence, Companions.of(collateral));
        }
        return HclReport.isLike(evidence)
                ? Parsed.bad(new Fault("quote", "absent, an HCL report alone", "a TPM's quote"))
                : TpmEvidence.parse(evidence);
    }
}
