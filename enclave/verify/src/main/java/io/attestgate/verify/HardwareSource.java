package io.attestgate.verify;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.util.Map;

/**
 * Brings what an envelope's evidence is judged by: one policy, and the collateral of each member
 * that there is some for.
 *
 * <p>Blocks for as long as its source does. Any thread.
 */
public record HardwareSource(AppraisalPolicy policy, CollateralSource collateral) {

    /**
     * For that evidence.
     *
     * @throws IOException if collateral cannot be had now
     */
    public Hardware of(EvidenceEnvelope envelope) throws IOException {
        Bundle all = Bundle.empty();
        for (Map.Entry<String, CmwRecord> member : envelope.evidence().entrySet()) {
            CmwRecord record = member.getValue();
            if (collateral.serves(record.kind())) {
                Bundle one = collateral.fetch(record.kind(), record.value());
                all = together(all.and(member.getKey(), one));
            }
        }
        return new Hardware(all, policy);
    }

    private static Bundle together(Parsed<Bundle> bundles) throws IOException {
        return switch (bundles) {
            case Parsed.Good<Bundle> good -> good.value();
            case Parsed.Bad<Bundle> bad ->
                    throw new IOException(bad.faults().getFirst().toString());
        };
    }
}
