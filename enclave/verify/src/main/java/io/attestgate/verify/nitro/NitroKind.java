package io.attestgate.verify.nitro;

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
import java.util.Set;

/** Amazon's documents of both forms, as {@link EvidenceKind} asks about them. */
public final class NitroKind implements EvidenceKind {

    @Override
    public String name() {
        return "nitro";
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of(Form.ENCLAVE.platform(), Form.TPM.platform());
    }

    @Override
    public String title() {
        return "AWS Nitro attestation document";
    }

    @Override
    public boolean isLike(byte[] evidence) {
        return NitroEvidence.isLike(evidence);
    }

    @Override
    public Parsed<Json.Obj> inspect(byte[] evidence) {
        return NitroEvidence.parse(evidence).then(good -> Parsed.good(Inspection.of(good)));
    }

    @Override
    public Map<String, Hash32> namedRoots() {
        return Verifier.NAMED_ROOTS;
    }

    @Override
    public Map<String, PolicyPartReader> policyParts() {
        return Map.of(
                Form.ENCLAVE.platform(), new NitroPolicyReader(NitroPolicy.Enclaves::new),
                Form.TPM.platform(), new NitroPolicyReader(NitroPolicy.Instances::new));
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
                    Refusal.of(Check.COLLATERAL, bad, "docs/evidence-nitro.md, collateral");
            case Parsed.Good<Collateral> good ->
                    Verifier.verify(evidence, good.value(), policy, reportData, now);
        };
    }
}
