package io.attestgate.verify.tpm;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A kind whose verdicts say nothing of what the report's fields are. */
record SilentKind(EvidenceKind kind) implements EvidenceKind {
    @Override
    public String name() {
        return kind.name();
    }

    @Override
    public String title() {
        return kind.title();
    }

    @Override
    public boolean isLike(byte[] evidence) {
        return kind.isLike(evidence);
    }

    @Override
    public Parsed<Json.Obj> inspect(byte[] evidence) {
        return kind.inspect(evidence);
    }

    @Override
    public Map<String, Hash32> namedRoots() {
        return kind.namedRoots();
    }

    @Override
    public Appraisal verify(
            byte[] evidence,
            Bundle collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        return switch (kind.verify(evidence, collateral, policy, reportData, now)) {
            case Refusal refusal -> refusal;
            case Appraisal.Trusted trusted ->
                    new Appraisal.Trusted(
                            trusted.report(),
                            new TreeMap<>(),
                            trusted.identity(),
                            trusted.tcb(),
                            trusted.advisories(),
                            trusted.roots(),
                            trusted.expiry());
        };
    }
}
