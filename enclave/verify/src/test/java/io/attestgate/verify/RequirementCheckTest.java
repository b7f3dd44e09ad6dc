package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.EvidenceRequirement;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** As many vendors as the reader wants, and none of them counted twice. */
final class RequirementCheckTest {
    private static final Hash32 INTEL = named("intel-sgx");
    private static final Hash32 MILAN = named("amd-milan");
    private static final Hash32 TURIN = named("amd-turin");
    private static final Hash32 OWN = Hash32.parse("0x" + "11".repeat(32)).orElseThrow();

    private static final Leg.Failed TPM_FAILED =
            new Leg.Failed("tpm", "tpm", new Refusal(Check.EXPIRED, "old", "new", "clause"));

    private static Hash32 named(String name) {
        for (EvidenceKind kind : EvidenceKinds.ALL) {
            Hash32 root = kind.namedRoots().get(name);
            if (root != null) {
                return root;
            }
        }
        throw new AssertionError(name);
    }

    private static Leg.Held held(String member, String kind, Hash32... roots) {
        PlatformReport report =
                new PlatformReport(
                        kind, new byte[1], Optional.empty(), Optional.empty(), "somebody");
        return new Leg.Held(
                member,
                kind,
                report,
                Optional.of(
                        new Appraisal.Trusted(
                                report,
                                new TreeMap<>(),
                                new TreeMap<>(),
                                TcbState.UP_TO_DATE,
                                new TreeSet<>(),
                                new TreeSet<>(Set.of(roots)),
                                Instant.EPOCH)));
    }

    private static EvidenceRequirement require(int atLeast, Map<String, Set<Hash32>> kinds) {
        List<EvidenceRequirement.Kind> require = new ArrayList<>();
        kinds.forEach((name, roots) -> require.add(new EvidenceRequirement.Kind(name, roots)));
        return new EvidenceRequirement(require, atLeast);
    }

    private static Optional<Check> check(EvidenceRequirement requirement, Leg... legs) {
        return new RequirementCheck(requirement).refusal(List.of(legs)).map(Refusal::check);
    }

    private static final Map<String, Set<Hash32>> TDX_TPM =
            Map.of("tdx", Set.of(INTEL), "tpm", Set.of(OWN));

    @Test
    void twoVendorsAreTwo() {
        assertThat(check(require(2, TDX_TPM), held("cpu", "tdx", INTEL), held("tpm", "tpm", OWN)))
                .isEmpty();
        assertThat(check(require(2, TDX_TPM), held("cpu", "tdx", INTEL)))
                .contains(Check.REQUIREMENT);
    }

    @Test
    void twoRootsOfOneVendorAreOne() {
        Map<String, Set<Hash32>> kinds = Map.of("snp", Set.of(MILAN), "tpm", Set.of(TURIN));
        Leg[] legs = {held("cpu", "snp", MILAN), held("tpm", "tpm", TURIN)};

        assertThat(check(require(1, kinds), legs)).isEmpty();
        assertThat(check(require(2, kinds), legs)).contains(Check.REQUIREMENT);
    }

    @Test
    void theSameKindTwiceIsOne() {
        Map<String, Set<Hash32>> kinds = Map.of("tdx", Set.of(INTEL), "snp", Set.of(MILAN));

        assertThat(check(require(2, kinds), held("cpu", "tdx", INTEL), held("tpm", "tdx", INTEL)))
                .contains(Check.REQUIREMENT);
    }

    @Test
    void aRootThatTheRequirementDoesNotNameDoesNotCount() {
        assertThat(check(require(2, TDX_TPM), held("cpu", "tdx", INTEL), held("tpm", "tpm", TURIN)))
                .contains(Check.REQUIREMENT);
        assertThat(
                        check(
                                require(2, TDX_TPM),
                                held("cpu", "tdx", INTEL),
                                held("tpm", "tpm", OWN, TURIN)))
                .contains(Check.REQUIREMENT);
    }

    @Test
    void aKeyThatTheReaderPinnedHimselfIsNoVendors() {
        assertThat(check(require(2, TDX_TPM), held("cpu", "tdx", INTEL), held("tpm", "tpm")))
                .contains(Check.REQUIREMENT);
    }

    @Test
    void aLegThatFailedIsNoneAndIsNamed() {
        EvidenceRequirement two = require(2, TDX_TPM);
        List<Leg> legs = List.of(held("cpu", "tdx", INTEL), TPM_FAILED);

        assertThat(new RequirementCheck(two).refusal(legs).orElseThrow().found())
                .contains("EXPIRED");
        assertThat(check(require(1, TDX_TPM), held("cpu", "tdx", INTEL), TPM_FAILED)).isEmpty();
    }

    /** Whoever forges a processor's word can have a GPU's by renting one. */
    @Test
    void gpusCountForNobody() {
        Map<String, Set<Hash32>> kinds = Map.of("tdx", Set.of(INTEL), "nvidia", Set.of(OWN));
        Leg[] legs = {held("cpu", "tdx", INTEL), held("gpu0", "nvidia", OWN)};

        assertThat(check(require(1, kinds), legs)).isEmpty();
        assertThat(check(require(2, kinds), legs)).contains(Check.REQUIREMENT);
    }

    @Test
    void ofOverlappingVendorsTheMostAreChosen() {
        Map<String, Set<Hash32>> kinds =
                Map.of(
                        "a", Set.of(INTEL, MILAN),
                        "b", Set.of(INTEL),
                        "c", Set.of(MILAN));

        assertThat(
                        check(
                                require(2, kinds),
                                held("cpu", "a", INTEL, MILAN),
                                held("tpm", "b", INTEL),
                                held("cpu1", "c", MILAN)))
                .isEmpty();
    }
}
