package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Intel's quotes, as {@link EvidenceKind} asks about them. */
public final class DcapKind implements EvidenceKind {

    @Override
    public String name() {
        return "dcap";
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("sgx", "tdx", "dstack");
    }

    @Override
    public String title() {
        return "Intel DCAP quote";
    }

    @Override
    public OptionalInt reportDataBytes() {
        return OptionalInt.of(64);
    }

    @Override
    public boolean isLike(byte[] evidence) {
        return Quote.isLike(evidence);
    }

    @Override
    public Parsed<Json.Obj> inspect(byte[] evidence) {
        return Quote.parse(evidence).then(quote -> Parsed.good(Inspection.of(quote)));
    }

    @Override
    public Map<String, Hash32> namedRoots() {
        return Verifier.NAMED_ROOTS;
    }

    @Override
    public Parsed<List<Holding>> holdings(Bundle collateral) {
        return Collateral.parse(collateral).then(read -> Parsed.good(read.holdings()));
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
                    Refusal.of(Check.COLLATERAL, bad, "docs/evidence-dcap.md, collateral");
            case Parsed.Good<Collateral> good ->
                    Verifier.verify(evidence, good.value(), policy, reportData, now);
        };
    }
}
