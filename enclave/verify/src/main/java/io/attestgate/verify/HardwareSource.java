package io.attestgate.verify;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings what an envelope's evidence is judged by: one policy, and for each leg collateral of its
 * own, so that no leg's is read for another's sake.
 *
 * <p>Blocks for as long as its source does for one piece of evidence. Any thread.
 */
public record HardwareSource(AppraisalPolicy policy, CollateralSource collateral) {

    /**
     * For that evidence, to be held against that expectation at that instant. Nobody is asked about
     * what is refused without an answer. What cannot be had for a leg beside the leading one is a
     * refusal of that leg.
     *
     * @throws IOException if the leading leg's cannot be had now
     */
    public Hardware of(EvidenceEnvelope envelope, Expectation expectation, Instant now)
            throws IOException {
        return switch (FirstLook.at(envelope, expectation, now)) {
            case FirstLook.Refused refused -> new Hardware(Bundle.empty(), policy);
            case FirstLook.Passed passed ->
                    new Hardware(Bundle.empty(), fetched(passed.members()), policy);
        };
    }

    /**
     * For one piece of evidence without claims.
     *
     * @throws IOException if collateral cannot be had now
     */
    public Hardware of(CmwRecord evidence) throws IOException {
        return collateral.serves(evidence.kind())
                ? new Hardware(collateral.fetch(evidence.kind(), evidence.value()), policy)
                : new Hardware(Bundle.empty(), policy);
    }

    private Map<String, Parsed<Bundle>> fetched(Members members) throws IOException {
        CollateralSource source = collateral.together();
        List<String> legs = members.legs();
        Map<String, Parsed<Bundle>> fetched = new HashMap<>();
        for (String leg : legs) {
            CmwRecord evidence = members.member(leg);
            if (source.serves(evidence.kind())) {
                fetched.put(
                        leg,
                        leg.equals(legs.getFirst())
                                ? Parsed.good(source.fetch(evidence.kind(), evidence.value()))
                                : beside(source, leg, evidence));
            }
        }
        return fetched;
    }

    private static Parsed<Bundle> beside(CollateralSource source, String leg, CmwRecord evidence) {
        try {
            return Parsed.good(source.fetch(evidence.kind(), evidence.value()));
        } catch (IOException e) {
            return Parsed.bad(
                    new Fault(
                            "collateral of " + leg,
                            String.valueOf(e.getMessage()),
                            "what its vendor publishes"));
        }
    }
}
