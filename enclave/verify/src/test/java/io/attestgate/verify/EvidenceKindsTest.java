package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.EvidenceRequirement;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A report that somebody holds alone, and what the policy wants beside it. */
final class EvidenceKindsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final DcapPki PKI = DcapPki.at(NOW);
    private static final byte[] QUOTE = DcapQuote.of(PKI, 4, DcapQuote.TD_1_0).make();

    private static Appraisal judged(byte[] evidence, EvidenceRequirement... wanted) {
        AppraisalPolicy policy =
                new AppraisalPolicy(
                        Set.of(PKI.rootHash()),
                        Map.of(TcbState.UP_TO_DATE, NOW.plusSeconds(1)),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED,
                        Set.of(wanted));
        Bundle collateral = DcapCollateral.upToDate(PKI, NOW).make();
        return EvidenceKinds.verify(evidence, collateral, policy, Optional.empty(), NOW);
    }

    private static EvidenceRequirement.Kind kind(String name, Hash32 root) {
        return new EvidenceRequirement.Kind(name, Set.of(root));
    }

    private static Check refusedBy(Appraisal appraisal) {
        assertThat(appraisal).isInstanceOf(Refusal.class);
        return ((Refusal) appraisal).check();
    }

    @Test
    void aReportIsOneVendorsWord() {
        EvidenceRequirement.Kind own = kind("tdx", PKI.rootHash());
        EvidenceRequirement.Kind other = kind("snp", PKI.rootHash());

        assertThat(judged(QUOTE)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(judged(QUOTE, new EvidenceRequirement(List.of(own, other), 1)))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(refusedBy(judged(QUOTE, new EvidenceRequirement(List.of(own, other), 2))))
                .isEqualTo(Check.REQUIREMENT);
        assertThat(refusedBy(judged(QUOTE, new EvidenceRequirement(List.of(other), 1))))
                .isEqualTo(Check.REQUIREMENT);
    }

    @Test
    void aRootThatIsNotListedForTheKindCountsForNobody() {
        EvidenceRequirement.Kind elsewhere = kind("tdx", Hash32.of(new byte[32]));

        assertThat(refusedBy(judged(QUOTE, new EvidenceRequirement(List.of(elsewhere), 1))))
                .isEqualTo(Check.REQUIREMENT);
    }

    @Test
    void whatIsNoEvidenceIsRefused() {
        assertThat(judged(new byte[7]))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.check()).isEqualTo(Check.REPORT);
                            assertThat(refusal.found()).isEqualTo("7 bytes of no known form");
                        });
    }

    @Test
    void aReportStandsWhereItsKindWouldInAnEnvelope() {
        assertThat(Members.nameOf("nvidia")).isEqualTo("gpu0");
        assertThat(Members.nameOf("azure-snp")).isEqualTo("tpm");
        assertThat(Members.nameOf("snp")).isEqualTo("cpu");
    }
}
