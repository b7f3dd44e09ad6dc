package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One platform below a root of our own, and the questions that tests ask about it. */
final class PlayedIntel {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final DcapPki PKI = DcapPki.at(NOW);

    private PlayedIntel() {}

    static DcapQuote sgx() {
        return DcapQuote.of(PKI, 3, DcapQuote.SGX);
    }

    static DcapQuote td() {
        return DcapQuote.of(PKI, 4, DcapQuote.TD_1_0);
    }

    static DcapQuote td15() {
        return DcapQuote.of(PKI, 5, DcapQuote.TD_1_5);
    }

    static DcapCollateral upToDate() {
        return DcapCollateral.upToDate(PKI, NOW);
    }

    static DcapCollateral noLevels() {
        return DcapCollateral.empty(PKI, NOW);
    }

    static Collateral read(Bundle bundle) {
        return Collateral.parse(bundle).toOptional().orElseThrow();
    }

    /** Every state but revoked, and the advisory INTEL-SA-00001. */
    static AppraisalPolicy lenient() {
        Map<TcbState, Instant> states = new EnumMap<>(TcbState.class);
        for (TcbState state : TcbState.values()) {
            states.put(state, DcapVectors.END);
        }
        Map<String, Instant> advisories = new HashMap<>();
        advisories.put("INTEL-SA-00001", DcapVectors.END);
        return new AppraisalPolicy(
                Set.of(PKI.rootHash()), states, advisories, AppraisalPolicy.Debug.REFUSED);
    }

    static Appraisal judge(DcapQuote quote, DcapCollateral collateral) {
        return judge(quote.make(), collateral.make(), lenient(), NOW);
    }

    static Appraisal judge(byte[] quote, Bundle collateral, AppraisalPolicy policy, Instant now) {
        return Verifier.verify(quote, read(collateral), policy, Optional.<Octets>empty(), now);
    }

    static TcbState state(DcapQuote quote, DcapCollateral collateral) {
        return switch (judge(quote, collateral)) {
            case Appraisal.Trusted trusted -> trusted.tcb();
            case Refusal refusal -> throw new AssertionError(refusal.toString());
        };
    }

    static Check refusal(DcapQuote quote, DcapCollateral collateral) {
        return check(judge(quote, collateral));
    }

    static Check check(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> throw new AssertionError("trusted, " + trusted.tcb());
            case Refusal refusal -> refusal.check();
        };
    }
}
