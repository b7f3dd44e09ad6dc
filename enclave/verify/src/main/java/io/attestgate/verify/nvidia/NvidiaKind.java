package io.attestgate.verify.nvidia;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyPartReader;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** NVIDIA's reports, as {@link EvidenceKind} asks about them; the nonce is their report data. */
public final class NvidiaKind implements EvidenceKind {

    @Override
    public String name() {
        return "nvidia";
    }

    @Override
    public String title() {
        return "NVIDIA GPU attestation";
    }

    @Override
    public OptionalInt reportDataBytes() {
        return OptionalInt.of(32);
    }

    @Override
    public boolean isLike(byte[] evidence) {
        return NvidiaEvidence.isLike(evidence);
    }

    @Override
    public Parsed<Json.Obj> inspect(byte[] evidence) {
        return NvidiaEvidence.parse(evidence).then(good -> Parsed.good(Inspection.of(good)));
    }

    @Override
    public Map<String, Hash32> namedRoots() {
        return Verifier.NAMED_ROOTS;
    }

    @Override
    public Map<String, PolicyPartReader> policyParts() {
        return Map.of(name(), new NvidiaPolicyReader());
    }

    @Override
    public Appraisal verify(
            byte[] evidence,
            Bundle collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        return switch (Collateral.parse(collateral)) {
            case Parsed.Bad<Collateral> bad ->
                    Refusal.of(Check.COLLATERAL, bad, "docs/evidence-nvidia.md, collateral");
            case Parsed.Good<Collateral> good ->
                    Verifier.verify(evidence, good.value(), policy, reportData, now);
        };
    }
}
