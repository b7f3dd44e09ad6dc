package io.attestgate.collateral.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.collateral.MovedClock;
import io.attestgate.collateral.PlayedIntel;
import io.attestgate.collateral.PlayedServer;
import io.attestgate.collateral.Update;
import io.attestgate.collateral.VendorCollateral;
import io.attestgate.collateral.VendorServices;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.Limits;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.dcap.DcapKind;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.kind.DemotionWatch;
import io.attestgate.verify.kind.Outlook;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.TestAuthority;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IntelCollateralTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final DcapPki PKI = DcapPki.at(NOW);
    private static final DcapKind KIND = new DcapKind();

    private final MovedClock clock = new MovedClock(NOW);
    private final PlayedServer server = PlayedServer.open();
    private final VendorCollateral pcs = source(PlayedIntel.pcs(server));
    private final VendorCollateral pccs = source(PlayedIntel.pccs(server));

    private VendorCollateral source(IntelService intel) {
        return VendorCollateral.open(
                VendorServices.standard().withIntel(intel),
                Optional.empty(),
                Limits.DEFAULT,
                clock,
                time -> {});
    }

    @AfterEach
    void close() {
        pcs.close();
        pccs.close();
        server.close();
    }

    private static byte[] td() {
        return DcapQuote.of(PKI, 4, DcapQuote.TD_1_0).make();
    }

    private static byte[] sgx() {
        return DcapQuote.of(PKI, 3, DcapQuote.SGX).make();
    }

    private static DcapCollateral upToDate() {
        return DcapCollateral.upToDate(PKI, NOW);
    }

    private static AppraisalPolicy strict() {
        return AppraisalPolicy.strict(Set.of(PKI.rootHash()), NOW);
    }

    private Appraisal judge(byte[] quote, Bundle bundle) {
        return KIND.verify(quote, bundle, strict(), Optional.empty(), clock.instant());
    }

    private static Check check(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> throw new AssertionError("trusted, " + trusted.tcb());
            case Refusal refusal -> refusal.check();
        };
    }

    private FetchException.Kind failure(String kind, byte[] quote) {
        try {
            throw new AssertionError(pcs.fetch(kind, quote, Update.STANDARD).files().keySet());
        } catch (FetchException e) {
            return e.kind();
        }
    }

    @Test
    void aDomainIsTrustedByWhatTheServicePublishes() throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        Bundle bundle = pcs.fetch("tdx", td(), Update.STANDARD);
        assertThat(bundle.files().keySet())
                .containsExactly(
                        "pck_crl.der",
                        "pck_crl_issuer_chain.pem",
                        "qe_identity.json",
                        "qe_identity_issuer_chain.pem",
                        "root_ca_crl.der",
                        "tcb_info.json",
                        "tcb_info_issuer_chain.pem");
        assertThat(judge(td(), bundle)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(server.requests())
                .containsExactlyInAnyOrder(
                        PlayedIntel.TDX_TCB + "standard",
                        PlayedIntel.TDX_QE + "standard",
                        PlayedIntel.PCK_CRL,
                        PlayedIntel.ROOT_CRL);
    }

    @Test
    void anEnclaveIsTrustedByWhatACachePublishes() throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        Bundle bundle = pccs.fetch("sgx", sgx(), Update.STANDARD);
        assertThat(judge(sgx(), bundle)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(server.requests())
                .containsExactlyInAnyOrder(
                        PlayedIntel.SGX_TCB + "standard",
                        PlayedIntel.SGX_QE + "standard",
                        PlayedIntel.PCK_CRL,
                        PlayedIntel.PCCS_ROOT_CRL);
    }

    @Test
    void whatIsKeptIsNotAskedForAgain() throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        assertThat(judge(td(), pcs.fetch("tdx", td(), Update.STANDARD)))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(judge(td(), pcs.fetch("dstack", td(), Update.STANDARD)))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(pcs.asked()).isEqualTo(4);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void anotherTeeOfTheSamePlatformSharesTheRevocationLists() throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        Bundle ofTd = pcs.fetch("tdx", td(), Update.STANDARD);
        Bundle ofSgx = pcs.fetch("sgx", sgx(), Update.STANDARD);
        assertThat(ofTd.files()).isNotEqualTo(ofSgx.files());
        assertThat(server.requests()).hasSize(6);
        assertThat(judge(sgx(), ofSgx)).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void anotherModelsTcbInfoIsNoAnswer() {
        DcapCollateral other = upToDate();
        other.fmspc = "aabbccddeeff";
        PlayedIntel.publish(server, other, "standard");
        assertThat(failure("tdx", td())).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @Test
    void theTcbInfoOfTheOtherTeeIsNoAnswer() {
        PlayedIntel.publish(server, upToDate(), "standard");
        server.on(
                PlayedIntel.TDX_TCB + "standard",
                Objects.requireNonNull(upToDate().files().get("tcb_info_sgx.json")),
                PlayedIntel.TCB_CHAIN,
                PlayedIntel.chain(PKI, true));
        assertThat(failure("tdx", td())).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "{\"tcbInfo\":{},\"signature\":\"\"}", "<html>"})
    void garbageIsNoAnswer(String body) {
        PlayedIntel.publish(server, upToDate(), "standard");
        server.on(
                PlayedIntel.TDX_TCB + "standard",
                body.getBytes(StandardCharsets.UTF_8),
                PlayedIntel.TCB_CHAIN,
                PlayedIntel.chain(PKI, true));
        assertThat(failure("tdx", td())).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "%zz", "-----BEGIN", "-----BEGIN CERTIFICATE-----"})
    void aChainThatIsNoneIsNoAnswer(String header) {
        PlayedIntel.publish(server, upToDate(), "standard");
        server.on(
                PlayedIntel.TDX_QE + "standard",
                exchange -> {
                    exchange.getResponseHeaders().set(PlayedIntel.QE_CHAIN, header);
                    PlayedServer.send(exchange, 200, body("td_qe_identity.json"));
                });
        assertThat(failure("tdx", td())).isEqualTo(FetchException.Kind.MALFORMED);
    }

    private static byte[] body(String name) {
        return Objects.requireNonNull(upToDate().files().get(name));
    }

    @Test
    void anAnswerWithoutItsChainIsNone() {
        PlayedIntel.publish(server, upToDate(), "standard");
        server.on(PlayedIntel.TDX_QE + "standard", body("td_qe_identity.json"));
        assertThat(failure("tdx", td())).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @Test
    void anotherRootsChainAndDocumentsAreFetchedAndRefusedByTheVerifier() throws Exception {
        DcapPki hostile = DcapPki.at(NOW);
        PlayedIntel.publish(server, DcapCollateral.upToDate(hostile, NOW), "standard");
        Bundle bundle = pcs.fetch("tdx", td(), Update.STANDARD);
        assertThat(check(judge(td(), bundle))).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void aChainOfSomebodyElseIsFetchedAndItsDocumentRefused() throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        String foreign = PlayedIntel.chain(DcapPki.at(NOW), true);
        server.on(
                PlayedIntel.TDX_QE + "standard",
                body("td_qe_identity.json"),
                PlayedIntel.QE_CHAIN,
                foreign);
        server.on(
                PlayedIntel.TDX_TCB + "standard",
                body("tcb_info_tdx.json"),
                PlayedIntel.TCB_CHAIN,
                foreign);
        Bundle bundle = pcs.fetch("tdx", td(), Update.STANDARD);
        assertThat(check(judge(td(), bundle))).isEqualTo(Check.COLLATERAL);
    }

    private CollateralSource trusting(DcapPki pki) {
        return pcs.source(Update.STANDARD, Set.of(pki.rootHash()));
    }

    private static FetchException.Kind failure(CollateralSource source) {
        try {
            throw new AssertionError(source.fetch("tdx", td()).files().keySet());
        } catch (FetchException e) {
            return e.kind();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Else what somebody slipped in once would be refused by every verdict of a day. */
    @ParameterizedTest
    @ValueSource(strings = {"tcb_info_tdx.json", "td_qe_identity.json", "pck.crl", "root.crl"})
    void whatIsSignedBelowNoTrustedRootIsNotKept(String poisoned) throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        poison(poisoned);
        assertThat(failure(trusting(PKI))).isEqualTo(FetchException.Kind.MALFORMED);

        PlayedIntel.publish(server, upToDate(), "standard");
        clock.by(Duration.ofMinutes(1));
        assertThat(judge(td(), trusting(PKI).fetch("tdx", td())))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    private void poison(String name) {
        DcapPki hostile = DcapPki.at(NOW);
        byte[] body =
                Objects.requireNonNull(DcapCollateral.upToDate(hostile, NOW).files().get(name));
        switch (name) {
            case "tcb_info_tdx.json" ->
                    server.on(
                            PlayedIntel.TDX_TCB + "standard",
                            body,
                            PlayedIntel.TCB_CHAIN,
                            PlayedIntel.chain(hostile, true));
            case "td_qe_identity.json" ->
                    server.on(
                            PlayedIntel.TDX_QE + "standard",
                            body,
                            PlayedIntel.QE_CHAIN,
                            PlayedIntel.chain(PKI, true));
            case "pck.crl" ->
                    server.on(
                            PlayedIntel.PCK_CRL,
                            body,
                            PlayedIntel.CRL_CHAIN,
                            PlayedIntel.chain(PKI, false));
            default -> server.on(PlayedIntel.ROOT_CRL, body);
        }
    }

    @Test
    void aPoisonedRenewalTakesNothingAway() throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        CollateralSource source = trusting(PKI);
        assertThat(source.fetch("tdx", td()).files()).hasSize(7);
        DcapPki hostile = DcapPki.at(NOW);
        PlayedIntel.publish(server, DcapCollateral.upToDate(hostile, NOW), "standard");
        clock.by(Duration.ofDays(1));
        for (int i = 0; i < 3; i++) {
            assertThat(judge(td(), source.fetch("tdx", td())))
                    .isInstanceOf(Appraisal.Trusted.class);
        }
    }

    @Test
    void whatWasKeptForWhoVerifiesLaterIsNotGivenToWhoTrustsARoot() throws Exception {
        PlayedIntel.publish(server, DcapCollateral.upToDate(DcapPki.at(NOW), NOW), "standard");
        assertThat(pcs.fetch("tdx", td(), Update.STANDARD).files()).hasSize(7);
        assertThat(failure(trusting(PKI))).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @Test
    void evidenceBelowAnotherRootNamesNothingToAsk() {
        assertThat(failure(trusting(DcapPki.at(NOW))))
                .isEqualTo(FetchException.Kind.NOTHING_TO_ASK);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theListOfTheOtherAuthorityIsNoAnswer() {
        PlayedIntel.publish(server, upToDate(), "standard");
        TestAuthority processors =
                PKI.root()
                        .issue(
                                "Intel SGX PCK Processor CA",
                                PKI.validity(),
                                TestAuthority.Role.AUTHORITY);
        server.on(
                PlayedIntel.PCK_CRL,
                processors.crl(PKI.validity(), List.of()),
                PlayedIntel.CRL_CHAIN,
                PlayedIntel.chain(PKI, false));
        assertThat(failure("tdx", td())).isEqualTo(FetchException.Kind.MALFORMED);
    }

    /** docs/collateral.md says so: nobody but a clock can tell it from the newest. */
    @Test
    void olderTcbInfoThatStillHoldsIsAcceptedUntilItsNextUpdate() throws Exception {
        DcapCollateral old = upToDate();
        old.tcbInfoValidity = new Validity(NOW.minusSeconds(20 * 86_400), NOW.plusSeconds(86_400));
        PlayedIntel.publish(server, old, "standard");
        Bundle bundle = pcs.fetch("tdx", td(), Update.STANDARD);
        assertThat(judge(td(), bundle)).isInstanceOf(Appraisal.Trusted.class);
        clock.by(Duration.ofDays(1));
        assertThat(check(judge(td(), bundle))).isEqualTo(Check.EXPIRED);
        assertThat(failure("tdx", td())).isEqualTo(FetchException.Kind.STALE);
    }

    @Test
    void aModelThatTheServiceDoesNotKnowIsAbsent() {
        PlayedIntel.publish(server, upToDate(), "standard");
        server.status(PlayedIntel.TDX_TCB + "standard", 404);
        assertThat(failure("tdx", td())).isEqualTo(FetchException.Kind.ABSENT);
    }

    @Test
    void evidenceThatIsNoQuoteNamesNothingToAsk() {
        assertThat(failure("tdx", new byte[600])).isEqualTo(FetchException.Kind.NOTHING_TO_ASK);
        assertThat(failure("nonsense", td())).isEqualTo(FetchException.Kind.NOTHING_TO_ASK);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aChainOfUnknownAuthoritiesNamesNothingToAsk() {
        byte[] quote = DcapQuote.of(PKI, 4, DcapQuote.TD_1_0).make();
        byte[] cut = Arrays.copyOf(quote, quote.length - 64);
        assertThat(failure("tdx", cut)).isEqualTo(FetchException.Kind.NOTHING_TO_ASK);
    }

    @Test
    void aDemotionIsToldBeforeStandardDocumentsBringIt() throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        DcapCollateral early =
                DcapCollateral.empty(PKI, NOW)
                        .level(DcapPki.SVN + 1, "UpToDate")
                        .level(DcapPki.SVN, "OutOfDate", "INTEL-SA-09999")
                        .moduleLevel(DcapPki.SVN, "UpToDate")
                        .qeLevel(DcapQuote.QE_ISV_SVN, "UpToDate");
        early.evaluation = 18;
        PlayedIntel.publish(server, early, "early");
        server.on(PlayedIntel.TDX_NUMBERS, numbers(18, "2026-05-12T00:00:00Z"));
        DemotionWatch watch =
                new DemotionWatch(
                        KIND,
                        pcs.fetch("tdx", td(), Update.STANDARD),
                        pcs.fetch("tdx", td(), Update.EARLY));
        assertThat(judge(td(), watch.standard())).isInstanceOf(Appraisal.Trusted.class);
        assertThat(watch.outlook(td(), strict(), NOW))
                .isInstanceOfSatisfying(
                        Outlook.Demotion.class,
                        demotion -> {
                            assertThat(demotion.refusal().check()).isEqualTo(Check.TCB_STATE);
                            assertThat(demotion.standard()).isEqualTo(OptionalInt.of(17));
                            assertThat(demotion.early()).isEqualTo(OptionalInt.of(18));
                            assertThat(demotion.expected())
                                    .contains(Instant.parse("2027-05-12T00:00:00Z"));
                        });
    }

    @Test
    void anAdvisoryThatThePolicyDoesNotAcceptIsADemotionToo() throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        PlayedIntel.publish(
                server,
                DcapCollateral.empty(PKI, NOW)
                        .level(DcapPki.SVN, "UpToDate", "INTEL-SA-09999")
                        .moduleLevel(DcapPki.SVN, "UpToDate")
                        .qeLevel(DcapQuote.QE_ISV_SVN, "UpToDate"),
                "early");
        assertThat(outlook(strict()))
                .isInstanceOfSatisfying(
                        Outlook.Demotion.class,
                        demotion -> {
                            assertThat(demotion.refusal().check()).isEqualTo(Check.ADVISORY);
                            assertThat(demotion.expected()).isEmpty();
                        });
        AppraisalPolicy accepting =
                new AppraisalPolicy(
                        Set.of(PKI.rootHash()),
                        Map.of(TcbState.UP_TO_DATE, NOW.plusSeconds(60)),
                        Map.of("INTEL-SA-09999", NOW.plusSeconds(60)),
                        AppraisalPolicy.Debug.REFUSED);
        assertThat(outlook(accepting)).isInstanceOf(Outlook.Stays.class);
    }

    @Test
    void earlyDocumentsThatNobodyCanJudgeByAreNoDemotion() throws Exception {
        PlayedIntel.publish(server, upToDate(), "standard");
        PlayedIntel.publish(server, DcapCollateral.upToDate(DcapPki.at(NOW), NOW), "early");
        assertThat(outlook(strict())).isInstanceOf(Outlook.Unclear.class);
    }

    private Outlook outlook(AppraisalPolicy policy) throws Exception {
        return new DemotionWatch(
                        KIND,
                        pcs.fetch("tdx", td(), Update.STANDARD),
                        pcs.fetch("tdx", td(), Update.EARLY))
                .outlook(td(), policy, NOW);
    }

    private static byte[] numbers(int evaluation, String event) {
        return """
        {"tcbEvaluationDataNumbers":{"id":"TDX","version":1,"issueDate":"2026-06-01T00:00:00Z",\
        "nextUpdate":"2026-07-01T00:00:00Z","tcbEvalNumbers":[{"tcbEvaluationDataNumber":%d,\
        "tcbRecoveryEventDate":"%s","tcbDate":"2026-05-13T00:00:00Z"}]},"signature":"%s"}\
        """
                .formatted(evaluation, event, "00".repeat(64))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFailureSaysWhatWasAskedAndFound() {
        PlayedIntel.publish(server, upToDate(), "standard");
        server.status(PlayedIntel.ROOT_CRL, 500);
        assertThatThrownBy(() -> pcs.fetch("tdx", td(), Update.STANDARD))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining(PlayedIntel.ROOT_CRL);
    }
}
