package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.verify.SeveralVendorsTest.Beside;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked for on behalf of an envelope, and what becomes of answers that do not come. */
final class HardwareSourceTest {
    private final SeveralVendors vendors = new SeveralVendors();
    private final byte[] claims = SeveralVendorsTest.claims();
    private final SortedMap<String, CmwRecord> members = new TreeMap<>();
    private final Asked asked = new Asked();

    /** Has the same files for every kind but those that it does not answer for. */
    private final class Asked implements CollateralSource {
        private final List<String> kinds = new ArrayList<>();
        private final Set<String> silent = new HashSet<>();
        private Bundle files = vendors.hardware().collateral();
        private int verdicts;

        @Override
        public CollateralSource together() {
            verdicts++;
            return this;
        }

        @Override
        public Bundle fetch(String kind, byte[] evidence) throws IOException {
            kinds.add(kind);
            if (silent.contains(kind)) {
                throw new IOException("https://vendor.example: status 503");
            }
            return files;
        }
    }

    private EvidenceEnvelope envelope() {
        return EvidenceEnvelope.of(claims, List.of(), members);
    }

    private Hardware brought(Expectation expectation) throws IOException {
        return source(vendors.hardware()).of(envelope(), expectation, SeveralVendors.NOW);
    }

    private HardwareSource source(Hardware hardware) {
        return new HardwareSource(hardware.policy(), asked);
    }

    private Verdict verdict(Expectation expectation, Hardware policy) throws IOException {
        Hardware brought = source(policy).of(envelope(), expectation, SeveralVendors.NOW);
        return EvidenceVerifier.verify(envelope(), expectation, brought, SeveralVendors.NOW);
    }

    private static Expectation domains() {
        return Expectation.of(Role.TLS_KEY, Set.of("tdx"));
    }

    private void both(Beside beside) {
        members.put("cpu", vendors.domain(SeveralVendorsTest.BOUND));
        members.put(beside.member, vendors.evidence(beside, SeveralVendorsTest.BOUND));
    }

    private Set<Hash32> running() throws IOException {
        return ((Verdict.Trusted) verdict(domains(), vendors.hardware()))
                .held().stream()
                        .map(leg -> leg.report().measurement(Hash32.ZERO))
                        .collect(Collectors.toSet());
    }

    private static Check check(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted trusted -> throw new AssertionError("trusted");
            case Verdict.Refused refused -> refused.check();
        };
    }

    @Test
    void membersThatNobodyJudgesMakeNobodyAsk() throws IOException {
        for (int i = 0; i < 32; i++) {
            members.put("junk" + i, CmwRecord.of("tdx", new byte[1]));
        }
        Hardware brought = brought(domains());

        assertThat(asked.kinds).isEmpty();
        assertThat(brought.files()).isZero();
        assertThat(
                        check(
                                EvidenceVerifier.verify(
                                        envelope(), domains(), brought, SeveralVendors.NOW)))
                .isEqualTo(Check.MEMBERS);
    }

    @Test
    void claimsOrAPlatformThatWereNotAskedForMakeNobodyAsk() throws IOException {
        members.put("cpu", vendors.domain(SeveralVendorsTest.BOUND));
        Hash32 other = Hash32.of(SeveralVendorsTest.BOUND.qualifyingData().bytes());

        assertThat(brought(domains().withNonce(other)).files()).isZero();
        assertThat(brought(Expectation.of(Role.MESH, Set.of("tdx"))).files()).isZero();
        assertThat(brought(Expectation.of(Role.TLS_KEY, Set.of("snp"))).files()).isZero();
        assertThat(asked.kinds).isEmpty();
        assertThat(brought(domains()).files()).isPositive();
        assertThat(asked.kinds).containsExactly("tdx");
    }

    @Test
    void anEventLogIsNothingToAskFor() throws IOException {
        members.put("cpu", CmwRecord.of("dstack", new byte[1]));
        members.put("eventlog", CmwRecord.of("dstack.eventlog", new byte[1]));

        assertThat(brought(Expectation.of(Role.TLS_KEY, Set.of("dstack"))).files()).isPositive();
        assertThat(asked.kinds).containsExactly("dstack");
    }

    /** As many files together as no bundle has are one bundle for each leg. */
    @Test
    void eachLegHasABundleOfItsOwn() throws IOException {
        SortedMap<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i < Bundle.FILES_MAX; i++) {
            many.put("file" + i, new byte[1]);
        }
        asked.files = new Bundle(many);
        members.put("cpu", vendors.domain(SeveralVendorsTest.BOUND));
        for (int i = 0; i < 8; i++) {
            members.put("gpu" + i, CmwRecord.of("nvidia", new byte[1]));
        }
        Hardware brought = brought(domains());

        assertThat(asked.kinds).hasSize(9);
        assertThat(asked.verdicts).as("in the time of one").isOne();
        assertThat(brought.of("gpu7")).isEqualTo(Parsed.good(asked.files));
        assertThat(brought.files()).isEqualTo(9 * Bundle.FILES_MAX);
    }

    @ParameterizedTest
    @EnumSource
    void aVendorThatDoesNotAnswerTakesItsOwnLegAlone(Beside beside) throws IOException {
        both(beside);
        Expectation listed = domains().withMeasurements(running());
        asked.silent.add(beside.kind);

        assertThat(check(verdict(listed, vendors.hardware()))).isEqualTo(Check.COLLATERAL);
        assertThat(check(verdict(listed, vendors.requiring(2, beside))))
                .isEqualTo(Check.REQUIREMENT);
        assertThat(verdict(listed, vendors.requiring(1, beside)))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> {
                            assertThat(trusted.held()).extracting(Leg::member).containsOnly("cpu");
                            assertThat(trusted.fallen())
                                    .extracting(fallen -> fallen.refusal().check())
                                    .containsExactly(Check.COLLATERAL);
                        });
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheLeadingLegsThereIsNoVerdict(Beside beside) throws IOException {
        both(beside);
        Hardware one = vendors.requiring(1, beside);
        asked.silent.add("tdx");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> source(one).of(envelope(), domains(), SeveralVendors.NOW));
        assertThat(asked.kinds).containsExactly("tdx");
    }

    @Test
    void onePieceOfEvidenceIsBroughtForWithoutAnEnvelope() throws IOException {
        CmwRecord domain = vendors.domain(SeveralVendorsTest.BOUND);

        assertThat(source(vendors.hardware()).of(domain).collateral()).isEqualTo(asked.files);
        assertThat(asked.kinds).containsExactly("tdx");
    }
}
