package io.attestgate.bench;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.nitro.Collateral;
import io.attestgate.verify.nitro.NitroPolicy;
import io.attestgate.verify.nitro.Verifier;
import io.attestgate.verify.testpki.NitroDocument;
import io.attestgate.verify.testpki.NitroPki;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A document of a Nitro enclave. */
final class KeptDocument {
    private static final String DOCUMENT = "evidence/nitro/dstack-nsm-2025.cose";

    private KeptDocument() {}

    static Kept make() {
        return Kept.isReal(DOCUMENT) ? real() : played();
    }

    private static Kept real() {
        return kept(
                RealVectors.read(DOCUMENT),
                Verifier.ROOT_G1,
                Instant.parse("2025-12-25T13:16:00Z"));
    }

    private static Kept played() {
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        NitroPki pki = NitroPki.at(now);
        return kept(NitroDocument.enclave(pki, pki.signer(now), now).make(), pki.rootHash(), now);
    }

    private static Kept kept(byte[] document, Hash32 root, Instant now) {
        Collateral collateral = Collateral.none();
        AppraisalPolicy policy =
                new AppraisalPolicy(
                                Set.of(root),
                                Kept.everyState(),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(
                                new NitroPolicy.Enclaves(
                                        new NitroPolicy.Accepted(
                                                Duration.ofMinutes(5),
                                                Revocation.IF_PRESENT,
                                                Map.of())));
        return () -> Verifier.verify(document, collateral, policy, Optional.empty(), now);
    }
}
