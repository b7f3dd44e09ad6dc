package io.attestgate.bench;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.dcap.Collateral;
import io.attestgate.verify.dcap.Verifier;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A quote of TDX, version 4. */
final class KeptQuote {
    private static final String QUOTE = "evidence/tdx/v4-dcapqvl-b0c06f.quote.bin";
    private static final String COLLATERAL = "collateral/dcap-qvl/sample/tdx_quote_collateral.json";

    private KeptQuote() {}

    static Kept make() {
        return Kept.isReal(QUOTE) ? real() : played();
    }

    private static Kept real() {
        return kept(
                RealVectors.read(QUOTE),
                new Bundle(RealVectors.files(List.of(COLLATERAL))),
                Verifier.INTEL_ROOT,
                Instant.parse("2025-07-01T00:00:00Z"));
    }

    private static Kept played() {
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        DcapPki pki = DcapPki.at(now);
        return kept(
                DcapQuote.of(pki, 4, DcapQuote.TD_1_0).make(),
                DcapCollateral.upToDate(pki, now).make(),
                pki.rootHash(),
                now);
    }

    private static Kept kept(byte[] quote, Bundle bundle, Hash32 root, Instant now) {
        Collateral collateral = Collateral.parse(bundle).toOptional().orElseThrow();
        AppraisalPolicy policy =
                new AppraisalPolicy(
                        Set.of(root), Kept.everyState(), Map.of(), AppraisalPolicy.Debug.REFUSED);
        return () -> Verifier.verify(quote, collateral, policy, Optional.empty(), now);
    }
}
