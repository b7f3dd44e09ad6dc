package io.attestgate.client;

import io.attestgate.verify.Hardware;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.util.Map;

/**
 * How a reader judges hardware.
 *
 * @param policy the roots, states and advisories that pass
 * @param collateral where what vendors publish comes from; it is believed in nothing
 * @param from the same in words, for the verdict
 */
public record HardwareReader(AppraisalPolicy policy, CollateralSource collateral, String from) {

    /** What to judge that envelope by: collateral for each member that there is some for. */
    Hardware gather(EvidenceEnvelope envelope) throws IOException {
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
