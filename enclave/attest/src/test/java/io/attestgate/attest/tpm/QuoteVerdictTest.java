package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.TpmPki;
import io.attestgate.verify.tpm.ActivatedKey;
import io.attestgate.verify.tpm.Activation;
import io.attestgate.verify.tpm.Activator;
import io.attestgate.verify.tpm.AttestationKey;
import io.attestgate.verify.tpm.Challenge;
import io.attestgate.verify.tpm.Collateral;
import io.attestgate.verify.tpm.PcrSelection;
import io.attestgate.verify.tpm.TpmEvidence;
import io.attestgate.verify.tpm.TpmHash;
import io.attestgate.verify.tpm.TpmPolicy;
import io.attestgate.verify.tpm.TpmPublic;
import io.attestgate.verify.x509.Certificates;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform makes, judged by a reader who has no TPM. */
@RequiresPeer("swtpm")
final class QuoteVerdictTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final ReportData DATA = ReportData.of(new byte[] {1, 2, 3});
    private static final TpmPki VENDOR = TpmPki.at(NOW);

    @TempDir private Path folder = Path.of("");

    /** The platform's vendor certifies its EK, as the maker of a chip would. */
    private static ActivatedKey activated(TpmPlatform platform, TpmEvidence evidence)
            throws Exception {
        TpmPublic ek = TpmPublic.parse(platform.endorsementKey()).toOptional().orElseThrow();
        List<Octets> chain =
                List.of(
                        Octets.of(VENDOR.certify(ek.key(), TpmPki.Use.AGREE, TpmPki.EK)),
                        Octets.of(Certificates.der(VENDOR.issuer().certificate())),
                        Octets.of(Certificates.der(VENDOR.root().certificate())));
        Activator activator =
                new Activator(
                        Collateral.parse(Bundle.empty()).toOptional().orElseThrow(),
                        Set.of(VENDOR.rootHash()),
                        Revocation.IF_PRESENT,
                        new SecureRandom());
        TpmPublic key = evidence.key().flatMap(AttestationKey::area).orElseThrow();
        Activation asked = activator.challenge(key, ek, chain, NOW);
        Challenge challenge = ((Activation.Challenged) asked).challenge();
        byte[] answer =
                platform.activate(
                        challenge.credential().idObject().bytes(),
                        challenge.credential().encryptedSecret().bytes());
        return ((Activation.Activated) challenge.answer(answer)).key();
    }

    private static AppraisalPolicy policy(TpmPolicy.KeyRule keys) {
        return new AppraisalPolicy(
                        Set.of(VENDOR.rootHash()),
                        Map.of(TcbState.UNJUDGED, NOW.plusSeconds(60)),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(
                        new TpmPolicy(
                                keys,
                                new TpmPolicy.PcrRule(
                                        PcrSelection.of(
                                                TpmHash.SHA256, new TreeSet<>(List.of(7, 16, 23))),
                                        Map.of()),
                                new TpmPolicy.ClockRule(
                                        false, OptionalLong.empty(), OptionalLong.empty()),
                                Optional.empty(),
                                new TreeSet<>(),
                                Revocation.IF_PRESENT));
    }

    private static Appraisal judge(CmwRecord record, AppraisalPolicy policy) {
        return EvidenceKinds.ofMediaType(record.kind())
                .orElseThrow()
                .verify(
                        record.value(),
                        Bundle.empty(),
                        policy,
                        Optional.of(Octets.of(DATA.bytes())),
                        NOW);
    }

    @Test
    void aQuoteIsTrustedOnceTheReaderSawItsKeyActivated() throws Exception {
        TpmPolicy.KeyRule none =
                new TpmPolicy.KeyRule(Set.of(), false, Set.of(), Set.of(), Map.of());
        try (TestTpm tpm = TestTpm.start();
                TpmPlatform platform = tpm.open(folder.resolve("state"))) {
            CmwRecord record = Objects.requireNonNull(platform.report(DATA).get("tpm"));
            TpmEvidence evidence = TpmEvidence.parse(record.value()).toOptional().orElseThrow();
            ActivatedKey key = activated(platform, evidence);

            assertThat(judge(record, policy(none.with(key))))
                    .isInstanceOfSatisfying(
                            Appraisal.Trusted.class,
                            trusted -> {
                                assertThat(trusted.report().platform()).isEqualTo(platform.name());
                                assertThat(trusted.report().instance())
                                        .isEqualTo(platform.instance())
                                        .isPresent();
                                assertThat(trusted.identity())
                                        .containsEntry("ekName", key.endorsementKey().toString());
                            });
            assertThat(((Refusal) judge(record, policy(none))).check()).isEqualTo(Check.SIGNER);
            assertThat(
                            ((Appraisal.Trusted) judge(record, policy(none.with(key))))
                                    .report()
                                    .registers())
                    .isEqualTo(platform.registers());
        }
    }
}
