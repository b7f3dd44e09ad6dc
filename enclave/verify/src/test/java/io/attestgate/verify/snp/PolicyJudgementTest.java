package io.attestgate.verify.snp;

import static io.attestgate.verify.snp.PlayedAmd.END;
import static io.attestgate.verify.snp.PlayedAmd.MILAN;
import static io.attestgate.verify.snp.PlayedAmd.NOW;
import static io.attestgate.verify.snp.PlayedAmd.TURIN;
import static io.attestgate.verify.snp.PlayedAmd.check;
import static io.attestgate.verify.snp.PlayedAmd.judge;
import static io.attestgate.verify.snp.PlayedAmd.lenient;
import static io.attestgate.verify.snp.PlayedAmd.milan;
import static io.attestgate.verify.snp.PlayedAmd.policy;
import static io.attestgate.verify.snp.PlayedAmd.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.SnpReport;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader says of processor and guest, each in both directions. */
final class PolicyJudgementTest {
    private static final SnpTcb MILAN_TCB = new SnpTcb(0, 2, 3, 4, 209);
    private static final SnpTcb TURIN_TCB = new SnpTcb(1, 2, 3, 4, 70);
    private static final SnpTcb ZERO = new SnpTcb(0, 0, 0, 0, 0);

    private static SnpPolicy with(Map<SnpProduct, SnpPolicy.Floors> floors) {
        SnpPolicy base = lenient();
        return new SnpPolicy(
                floors,
                base.keys(),
                base.allowed(),
                base.required(),
                base.abi(),
                base.vmplMax(),
                base.revocation());
    }

    private static SnpPolicy with(
            Set<SnpPolicy.Permission> allowed, Set<SnpPolicy.Restriction> required) {
        SnpPolicy base = lenient();
        return new SnpPolicy(
                base.floors(),
                base.keys(),
                allowed,
                required,
                base.abi(),
                base.vmplMax(),
                base.revocation());
    }

    private static SnpPolicy with(Set<String> keys, SnpPolicy.Abi abi, int vmplMax) {
        SnpPolicy base = lenient();
        return new SnpPolicy(
                base.floors(),
                keys,
                base.allowed(),
                base.required(),
                abi,
                vmplMax,
                base.revocation());
    }

    @Test
    void withoutAPartAboutAmdNothingPasses() {
        AppraisalPolicy policy = AppraisalPolicy.strict(Set.of(MILAN.rootHash()), NOW);

        assertThat(check(judge(milan(), policy))).isEqualTo(Check.TCB_LEVEL);
    }

    @ParameterizedTest
    @ValueSource(ints = {SnpReport.COMMITTED_TCB, SnpReport.CURRENT_TCB, SnpReport.LAUNCH_TCB})
    void aTcbBelowItsFloorIsRefused(int at) {
        SnpPolicy exact =
                with(
                        Map.of(
                                SnpProduct.MILAN,
                                new SnpPolicy.Floors(MILAN_TCB, MILAN_TCB, MILAN_TCB, MILAN_TCB)));

        assertThat(judge(milan(), policy(exact))).isInstanceOf(Appraisal.Trusted.class);
        for (int component : new int[] {0, 1, 6, 7}) {
            SnpReport old = milan();
            old.bytes[at + component]--;
            assertThat(check(judge(old, policy(exact)))).isEqualTo(Check.TCB_LEVEL);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,3,3,4,209", "0,2,4,4,209", "0,2,3,5,209", "0,2,3,4,210"})
    void theReportedTcbHasAFloorOfItsOwn(int fmc, int boot, int tee, int snp, int microcode) {
        SnpTcb floor = new SnpTcb(fmc, boot, tee, snp, microcode);
        SnpPolicy above =
                with(Map.of(SnpProduct.MILAN, new SnpPolicy.Floors(ZERO, ZERO, floor, ZERO)));

        assertThat(check(judge(milan(), policy(above)))).isEqualTo(Check.TCB_LEVEL);
    }

    @Test
    void turinsTcbBeginsWithFmc() {
        SnpPolicy exact =
                with(
                        Map.of(
                                SnpProduct.TURIN,
                                new SnpPolicy.Floors(TURIN_TCB, TURIN_TCB, TURIN_TCB, TURIN_TCB)));

        assertThat(judge(SnpReport.of(TURIN, 5), policy(exact)))
                .isInstanceOf(Appraisal.Trusted.class);
        for (int component : new int[] {0, 1, 2, 3, 7}) {
            SnpReport old = SnpReport.of(TURIN, 5);
            old.bytes[SnpReport.LAUNCH_TCB + component]--;
            assertThat(check(judge(old, policy(exact)))).isEqualTo(Check.TCB_LEVEL);
        }
    }

    /** So that what is read out of a refusal can be written into a policy. */
    @ParameterizedTest
    @CsvSource({"Milan,false", "Genoa,false", "Turin,true"})
    void aRefusalNamesTheComponentsThatTheProductHas(String product, boolean fmc) {
        SnpTcb high = new SnpTcb(fmc ? 255 : 0, 255, 255, 255, 255);
        SnpPolicy.Floors floors = new SnpPolicy.Floors(high, ZERO, ZERO, ZERO);
        SnpPolicy above = with(Map.of(SnpProduct.parse(product).orElseThrow(), floors));

        Refusal refusal = (Refusal) judge(SnpReport.of(PlayedAmd.pki(product), 3), policy(above));

        assertThat(refusal.check()).isEqualTo(Check.TCB_LEVEL);
        assertThat(refusal.found().contains("fmc")).isEqualTo(fmc);
        assertThat(refusal.expected().contains("fmc")).isEqualTo(fmc);
    }

    @Test
    void aProductWithoutFloorsIsRefused() {
        SnpPolicy turinOnly =
                with(Map.of(SnpProduct.TURIN, new SnpPolicy.Floors(ZERO, ZERO, ZERO, ZERO)));

        assertThat(check(judge(milan(), policy(turinOnly)))).isEqualTo(Check.TCB_LEVEL);
    }

    @Test
    void thatNobodyJudgesTheTcbMustBeAcceptedAndEnds() {
        Instant until = NOW.plusSeconds(60);
        AppraisalPolicy base = policy(lenient());
        AppraisalPolicy ending =
                new AppraisalPolicy(
                                base.roots(),
                                Map.of(TcbState.UNJUDGED, until),
                                Map.of(),
                                base.debug())
                        .with(lenient());
        AppraisalPolicy upToDate =
                new AppraisalPolicy(
                                base.roots(),
                                Map.of(TcbState.UP_TO_DATE, END),
                                Map.of(),
                                base.debug())
                        .with(lenient());

        assertThat(trusted(judge(milan(), ending)).expiry()).isEqualTo(until);
        assertThat(check(judge(milan(), upToDate))).isEqualTo(Check.TCB_STATE);
        AppraisalPolicy ended =
                new AppraisalPolicy(
                                base.roots(),
                                Map.of(TcbState.UNJUDGED, NOW),
                                Map.of(),
                                base.debug())
                        .with(lenient());
        assertThat(judge(milan(), ended))
                .isEqualTo(
                        new Refusal(
                                Check.TCB_STATE,
                                "unjudged, accepted until " + NOW,
                                "a state that the policy accepts at " + NOW,
                                "the reader's policy"));
    }

    @Test
    void debugIsRefusedUnlessAskedForByName() {
        SnpReport debug = milan().put32(SnpReport.POLICY, SnpReport.POLICY_PLAIN | 1 << 19);
        AppraisalPolicy base = policy(lenient());
        AppraisalPolicy accepting =
                new AppraisalPolicy(
                                base.roots(),
                                base.tcbStates(),
                                Map.of(),
                                AppraisalPolicy.Debug.ACCEPTED)
                        .with(lenient());

        assertThat(check(judge(debug))).isEqualTo(Check.DEBUG);
        assertThat(trusted(judge(debug, accepting)).report().restsOn())
                .startsWith("whoever has the machine, since debug is on");
        assertThat(trusted(judge(milan(), accepting)).report().restsOn()).startsWith("AMD: ");
    }

    @ParameterizedTest
    @EnumSource(SnpPolicy.Permission.class)
    void aPermissionPassesByNameAlone(SnpPolicy.Permission permission) {
        SnpReport allowing =
                milan().put32(SnpReport.POLICY, SnpReport.POLICY_PLAIN | 1 << permission.bit());

        assertThat(check(judge(allowing, policy(with(Set.of(), Set.of())))))
                .isEqualTo(Check.GUEST_POLICY);
        assertThat(judge(allowing, policy(with(Set.of(permission), Set.of()))))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @EnumSource(SnpPolicy.Restriction.class)
    void aRestrictionThatTheReaderRequiresMustBeThere(SnpPolicy.Restriction restriction) {
        AppraisalPolicy requiring = policy(with(Set.of(), Set.of(restriction)));
        SnpReport restricted =
                milan().put32(SnpReport.POLICY, SnpReport.POLICY_PLAIN | 1 << restriction.bit());

        assertThat(check(judge(milan(), requiring))).isEqualTo(Check.GUEST_POLICY);
        assertThat(judge(restricted, requiring)).isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @CsvSource({"0x20133,true", "0x20132,false", "0x20200,true", "0x200ff,false"})
    void theGuestMustAskForAnAbi(String bits, boolean passes) {
        SnpReport report = milan().put32(SnpReport.POLICY, Integer.decode(bits));
        AppraisalPolicy policy =
                policy(with(Set.of(SnpPolicy.VCEK), new SnpPolicy.Abi(1, 0x33), 0));

        assertThat(judge(report, policy) instanceof Appraisal.Trusted).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"0,0,true", "1,0,false", "1,1,true", "3,3,true", "4,3,false", "-1,3,false"})
    void aReportOfALowerPrivilegeIsRefused(int vmpl, int max, boolean passes) {
        AppraisalPolicy policy = policy(with(Set.of(SnpPolicy.VCEK), new SnpPolicy.Abi(0, 0), max));
        Appraisal appraisal = judge(milan().put32(SnpReport.VMPL, vmpl), policy);

        assertThat(appraisal instanceof Appraisal.Trusted).isEqualTo(passes);
        if (!passes) {
            assertThat(check(appraisal)).isEqualTo(Check.PRIVILEGE);
        }
    }

    @Test
    void aKeyPassesByItsKindAndProvider() {
        SnpReport loaded = milan().loaded();
        SnpPolicy.Abi any = new SnpPolicy.Abi(0, 0);

        assertThat(check(judge(milan(), policy(with(Set.of(), any, 0))))).isEqualTo(Check.SIGNER);
        assertThat(
                        check(
                                judge(
                                        loaded,
                                        loaded.vlek(),
                                        policy(
                                                with(
                                                        Set.of("vcek", "vlek:CN=other.example"),
                                                        any,
                                                        0)))))
                .isEqualTo(Check.SIGNER);
    }
}
