package io.attestgate.verify.tpm;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.dcap.DcapKind;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.snp.SnpKind;
import io.attestgate.verify.testpki.TpmPki;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A vendor of TPMs, played, and the questions that tests ask about quotes below it. */
final class PlayedTpm {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Instant END = Instant.parse("2099-01-01T00:00:00Z");
    static final TpmPki PKI = TpmPki.at(NOW);
    static final TpmKind KIND = new TpmKind(List.of(new DcapKind(), new SnpKind()));
    static final TpmPolicy.KeyRule NO_KEYS =
            new TpmPolicy.KeyRule(Set.of(), false, Set.of(), Set.of(), Map.of());
    static final TpmPolicy.ClockRule ANY_CLOCK =
            new TpmPolicy.ClockRule(false, OptionalLong.empty(), OptionalLong.empty());

    private PlayedTpm() {}

    /** The key of that quote, known by its Name. */
    static TpmPolicy.KeyRule named(TpmQuote quote) {
        return new TpmPolicy.KeyRule(
                Set.of(), false, Set.of(Octets.of(quote.key.name())), Set.of(), Map.of());
    }

    /** Every key that the played vendor certified. */
    static TpmPolicy.KeyRule chained() {
        return new TpmPolicy.KeyRule(Set.of(PKI.rootHash()), false, Set.of(), Set.of(), Map.of());
    }

    /** The PCRs of {@link TpmQuote#of}, with any values. */
    static TpmPolicy.PcrRule pcrs() {
        return pcrs(TpmHash.SHA256, 0, 1, 4, 7);
    }

    static TpmPolicy.PcrRule pcrs(TpmHash bank, Integer... pcrs) {
        return new TpmPolicy.PcrRule(PcrSelection.of(bank, new TreeSet<>(List.of(pcrs))), Map.of());
    }

    static TpmPolicy accepting(TpmPolicy.KeyRule keys) {
        return new TpmPolicy(
                keys, pcrs(), ANY_CLOCK, Optional.empty(), new TreeSet<>(), Revocation.IF_PRESENT);
    }

    static AppraisalPolicy policy(TpmPolicy tpm) {
        return new AppraisalPolicy(
                        Set.of(PKI.rootHash()),
                        Map.of(TcbState.UNJUDGED, END),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(tpm);
    }

    /** By a key that the policy knows, with no collateral. */
    static Appraisal judge(TpmQuote quote) {
        return judge(quote, policy(accepting(named(quote))));
    }

    static Appraisal judge(TpmQuote quote, TpmPolicy tpm) {
        return judge(quote, policy(tpm));
    }

    static Appraisal judge(TpmQuote quote, AppraisalPolicy policy) {
        return judge(quote.evidence(), Bundle.empty(), policy);
    }

    static Appraisal judge(byte[] evidence, Bundle collateral, AppraisalPolicy policy) {
        return KIND.verify(evidence, collateral, policy, Optional.empty(), NOW);
    }

    /** Certified by the played vendor, with the issuer's certificate. */
    static TpmQuote certified(TpmQuote quote) {
        quote.certificates.add(PKI.certify(quote.key.keys.getPublic(), TpmPki.Use.SIGN, TpmPki.AK));
        quote.certificates.add(Certificates.der(PKI.issuer().certificate()));
        quote.certificates.add(Certificates.der(PKI.root().certificate()));
        return quote;
    }

    static Hash32 sha256(byte[] bytes) {
        return Hash32.of(io.attestgate.wire.Digests.sha256(bytes));
    }

    static Appraisal.Trusted trusted(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> trusted;
            case Refusal refusal -> throw new AssertionError(refusal.toString());
        };
    }

    static Check check(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> throw new AssertionError("trusted, " + trusted.tcb());
            case Refusal refusal -> refusal.check();
        };
    }
}
