package io.attestgate.verify.dcap;

import static io.attestgate.verify.dcap.PlayedIntel.NOW;
import static io.attestgate.verify.dcap.PlayedIntel.check;
import static io.attestgate.verify.dcap.PlayedIntel.judge;
import static io.attestgate.verify.dcap.PlayedIntel.lenient;
import static io.attestgate.verify.dcap.PlayedIntel.noLevels;
import static io.attestgate.verify.dcap.PlayedIntel.refusal;
import static io.attestgate.verify.dcap.PlayedIntel.sgx;
import static io.attestgate.verify.dcap.PlayedIntel.state;
import static io.attestgate.verify.dcap.PlayedIntel.td;
import static io.attestgate.verify.dcap.PlayedIntel.td15;
import static io.attestgate.verify.dcap.PlayedIntel.upToDate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Levels, their convergence, and what a policy accepts of them. */
final class TcbEvaluationTest {
    private static final int NEWER = DcapPki.SVN + 1;
    private static final int SVN = DcapPki.SVN;

    @ParameterizedTest
    @CsvSource({
        "UpToDate,up-to-date",
        "SWHardeningNeeded,sw-hardening-needed",
        "ConfigurationNeeded,configuration-needed",
        "ConfigurationAndSWHardeningNeeded,configuration-and-sw-hardening-needed",
        "OutOfDate,out-of-date",
        "OutOfDateConfigurationNeeded,out-of-date-configuration-needed"
    })
    void theFirstLevelThatIsReachedIsTheState(String status, String spelling) {
        DcapCollateral collateral =
                noLevels()
                        .level(NEWER, "UpToDate")
                        .level(SVN, status)
                        .level(1, "Revoked")
                        .moduleLevel(SVN, "UpToDate")
                        .qeLevel(1, "UpToDate");

        assertThat(state(sgx(), collateral)).hasToString(spelling);
        assertThat(state(td(), collateral)).hasToString(spelling);
        assertThat(state(td15(), collateral)).hasToString(spelling);
    }

    @Test
    void aPlatformBelowEveryLevelIsUnknown() {
        DcapCollateral collateral =
                noLevels()
                        .level(NEWER, "UpToDate")
                        .moduleLevel(1, "UpToDate")
                        .qeLevel(1, "UpToDate");

        assertThat(refusal(sgx(), collateral)).isEqualTo(Check.TCB_LEVEL);
        assertThat(refusal(td(), collateral)).isEqualTo(Check.TCB_LEVEL);
    }

    @Test
    void aDomainBelowEveryLevelOfItsComponentsIsUnknown() {
        DcapCollateral collateral =
                noLevels()
                        .level(SVN, NEWER, "UpToDate")
                        .moduleLevel(1, "UpToDate")
                        .qeLevel(1, "UpToDate");

        assertThat(state(sgx(), collateral)).isEqualTo(TcbState.UP_TO_DATE);
        assertThat(refusal(td(), collateral)).isEqualTo(Check.TCB_LEVEL);
    }

    @Test
    void ofAModuleOfMajorZeroAllComponentsCount() {
        DcapQuote oldMinor = td().teeTcbSvn(0, SVN - 1, 0, SVN);
        DcapQuote good = td().teeTcbSvn(0, SVN, 0, SVN);
        good.body[1] = 0;
        DcapCollateral zeroMajor = noLevels().qeLevel(1, "UpToDate");
        zeroMajor.level(0, "OutOfDate");

        assertThat(refusal(oldMinor, upToDate())).isEqualTo(Check.TCB_LEVEL);
        assertThat(refusal(good, upToDate())).isEqualTo(Check.TCB_LEVEL); // Major 0 is below 5.
        assertThat(state(good, zeroMajor)).isEqualTo(TcbState.OUT_OF_DATE);
    }

    @Test
    void aRevokedLevelIsRefusedUnderEveryPolicy() {
        DcapCollateral platform =
                noLevels().level(SVN, "Revoked").moduleLevel(1, "UpToDate").qeLevel(1, "UpToDate");
        DcapCollateral module =
                noLevels().level(SVN, "UpToDate").moduleLevel(1, "Revoked").qeLevel(1, "UpToDate");
        DcapCollateral enclave =
                noLevels().level(SVN, "UpToDate").moduleLevel(1, "UpToDate").qeLevel(1, "Revoked");

        assertThat(refusal(sgx(), platform)).isEqualTo(Check.REVOKED);
        assertThat(refusal(td(), platform)).isEqualTo(Check.REVOKED);
        assertThat(refusal(td(), module)).isEqualTo(Check.REVOKED);
        assertThat(refusal(td(), enclave)).isEqualTo(Check.REVOKED);
        assertThat(state(sgx(), module)).isEqualTo(TcbState.UP_TO_DATE);
    }

    @ParameterizedTest
    @CsvSource({
        "UpToDate,out-of-date",
        "SWHardeningNeeded,out-of-date",
        "ConfigurationNeeded,out-of-date-configuration-needed",
        "ConfigurationAndSWHardeningNeeded,out-of-date-configuration-needed",
        "OutOfDate,out-of-date",
        "OutOfDateConfigurationNeeded,out-of-date-configuration-needed"
    })
    void anOldModuleOrQuotingEnclaveMakesThePlatformOld(String status, String spelling) {
        DcapCollateral module =
                noLevels().level(SVN, status).moduleLevel(1, "OutOfDate").qeLevel(1, "UpToDate");
        DcapCollateral enclave =
                noLevels().level(SVN, status).moduleLevel(1, "UpToDate").qeLevel(1, "OutOfDate");

        assertThat(state(td(), module)).hasToString(spelling);
        assertThat(state(td(), enclave)).hasToString(spelling);
        assertThat(state(sgx(), enclave)).hasToString(spelling);
    }

    @Test
    void aModuleOrQuotingEnclaveBelowItsLevelsIsUnknown() {
        DcapCollateral module =
                noLevels().level(SVN, "UpToDate").moduleLevel(9, "UpToDate").qeLevel(1, "UpToDate");
        DcapCollateral enclave =
                noLevels().level(SVN, "UpToDate").moduleLevel(1, "UpToDate").qeLevel(9, "UpToDate");

        assertThat(refusal(td(), module)).isEqualTo(Check.TCB_LEVEL);
        assertThat(refusal(td(), enclave)).isEqualTo(Check.TCB_LEVEL);
    }

    private static DcapCollateral newModule(String status) {
        return noLevels()
                .level(SVN, status)
                .moduleLevel(NEWER, "UpToDate")
                .moduleLevel(1, "OutOfDate");
    }

    private static DcapQuote launchedBefore(int bodyType) {
        return DcapQuote.of(PlayedIntel.PKI, 5, bodyType)
                .teeTcbSvn(DcapQuote.TD_TEE_TCB_SVN_2, NEWER, 1, NEWER);
    }

    @ParameterizedTest
    @CsvSource({"3", "4"})
    void aDomainLaunchedBeforeItsModuleWasRenewedIsAdvisedToRelaunch(int bodyType) {
        DcapQuote quote = launchedBefore(bodyType);

        assertThat(state(quote, newModule("UpToDate").qeLevel(1, "UpToDate")))
                .isEqualTo(TcbState.TD_RELAUNCH_ADVISED);
        assertThat(state(quote, newModule("ConfigurationNeeded").qeLevel(1, "UpToDate")))
                .isEqualTo(TcbState.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED);
    }

    @Test
    void aRelaunchThatWouldNotHelpIsNotAdvised() {
        DcapCollateral current = newModule("UpToDate").qeLevel(1, "UpToDate");

        assertThat(state(td15(), current)).isEqualTo(TcbState.OUT_OF_DATE);
        assertThat(state(td(), current)).isEqualTo(TcbState.OUT_OF_DATE);
        assertThat(state(launchedBefore(3), newModule("OutOfDate").qeLevel(1, "UpToDate")))
                .isEqualTo(TcbState.OUT_OF_DATE);
        assertThat(state(launchedBefore(3), newModule("UpToDate").qeLevel(1, "OutOfDate")))
                .isEqualTo(TcbState.OUT_OF_DATE);
    }

    @Test
    void advisoriesOfEveryLevelThatIsReachedAreNamed() {
        DcapCollateral collateral =
                noLevels()
                        .level(SVN, "OutOfDate", "INTEL-SA-00001")
                        .moduleLevel(1, "UpToDate", "INTEL-SA-00001")
                        .qeLevel(1, "UpToDate", "INTEL-SA-00001");

        Appraisal.Trusted trusted = (Appraisal.Trusted) judge(td(), collateral);

        assertThat(trusted.advisories()).containsExactly("INTEL-SA-00001");
    }

    @Test
    void anAdvisoryThatThePolicyDoesNotAcceptIsRefused() {
        DcapCollateral collateral =
                noLevels()
                        .level(SVN, "SWHardeningNeeded", "INTEL-SA-00002")
                        .moduleLevel(1, "UpToDate")
                        .qeLevel(1, "UpToDate");

        assertThat(refusal(td(), collateral)).isEqualTo(Check.ADVISORY);
    }

    @Test
    void whatAPolicyAcceptsEndsAtItsInstant() {
        Instant until = NOW.plusSeconds(10);
        AppraisalPolicy policy =
                new AppraisalPolicy(
                        lenient().roots(),
                        Map.of(TcbState.UP_TO_DATE, until),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED);
        byte[] quote = td().make();

        Appraisal now = judge(quote, upToDate().make(), policy, NOW);

        assertThat(((Appraisal.Trusted) now).expiry()).isEqualTo(until);
        assertThat(judge(quote, upToDate().make(), policy, until))
                .isEqualTo(
                        new Refusal(
                                Check.TCB_STATE,
                                "up-to-date [], accepted until " + until,
                                "a state that the policy accepts at " + until,
                                "QVL 4.1.2.4.17; the reader's policy"));
    }

    @Test
    void anAdvisoryThatPassedOnceIsRefusedWithItsEnd() {
        DcapCollateral advised =
                noLevels()
                        .level(SVN, "UpToDate", "INTEL-SA-00002")
                        .moduleLevel(1, "UpToDate")
                        .qeLevel(1, "UpToDate");
        AppraisalPolicy policy =
                new AppraisalPolicy(
                        lenient().roots(),
                        lenient().tcbStates(),
                        Map.of("INTEL-SA-00002", NOW),
                        AppraisalPolicy.Debug.REFUSED);

        assertThat(judge(td().make(), advised.make(), policy, NOW))
                .isEqualTo(
                        new Refusal(
                                Check.ADVISORY,
                                "INTEL-SA-00002, accepted until " + NOW,
                                "an advisory that the policy accepts at " + NOW,
                                "the reader's policy"));
    }

    @Test
    void aStateThatThePolicyDoesNotNameIsRefused() {
        DcapCollateral old =
                noLevels()
                        .level(SVN, "OutOfDate")
                        .moduleLevel(1, "UpToDate")
                        .qeLevel(1, "UpToDate");
        AppraisalPolicy strict = AppraisalPolicy.strict(lenient().roots(), NOW);

        assertThat(check(judge(td().make(), old.make(), strict, NOW))).isEqualTo(Check.TCB_STATE);
        assertThat(judge(td().make(), upToDate().make(), strict, NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }
}
