package io.attestgate.verify.dcap;

import static io.attestgate.verify.dcap.PlayedIntel.NOW;
import static io.attestgate.verify.dcap.PlayedIntel.PKI;
import static io.attestgate.verify.dcap.PlayedIntel.check;
import static io.attestgate.verify.dcap.PlayedIntel.judge;
import static io.attestgate.verify.dcap.PlayedIntel.lenient;
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
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.TestAuthority;
import io.attestgate.wire.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quote itself, in both directions, under a root of our own. */
final class QuoteJudgementTest {
    private static final byte[] DATA = new byte[64];

    static {
        DATA[0] = 42;
    }

    @ParameterizedTest
    @CsvSource({"3,1", "4,1", "5,1", "4,2", "5,2", "5,3", "5,4"})
    void aGoodQuoteOfEachVersionAndBodyIsTrusted(int version, int bodyType) {
        assertThat(state(DcapQuote.of(PKI, version, bodyType), upToDate()))
                .isEqualTo(TcbState.UP_TO_DATE);
    }

    /** Earlier versions state no type. */
    @ParameterizedTest
    @CsvSource({"3,1,false", "4,2,false", "5,1,true", "5,2,true", "5,3,true", "5,4,true"})
    void aQuoteOfVersionFiveIsShownWithItsBodysType(int version, int bodyType, boolean states) {
        Json.Obj shown =
                new DcapKind()
                        .inspect(DcapQuote.of(PKI, version, bodyType).make())
                        .toOptional()
                        .orElseThrow();

        Json.Obj header = (Json.Obj) shown.get("header").orElseThrow();
        assertThat(header.get("bodyType"))
                .isEqualTo(states ? Optional.of(new Json.Int(bodyType)) : Optional.empty());
    }

    @Test
    void theVerdictNamesThePlatformAndItsRegisters() {
        DcapQuote quote = td().reportData(DATA);
        quote.body[136] = 9; // The first byte of MRTD.

        Appraisal.Trusted trusted = (Appraisal.Trusted) judge(quote, upToDate());

        assertThat(trusted.report().platform()).isEqualTo("tdx");
        assertThat(trusted.report().registers()).hasSize(6 * 48 + 16).startsWith(9, 0);
        assertThat(trusted.report().instance()).isPresent();
        assertThat(trusted.identity())
                .containsEntry("fmspc", "0x000102030405")
                .containsEntry("ppid", "0x" + "00".repeat(15) + "07");
        assertThat(trusted.claims().get("reportData")).startsWith("0x2a00");
        assertThat(trusted.expiry()).isEqualTo(NOW.plusSeconds(30L * 86_400));
    }

    @Test
    void anSgxQuoteHasTheRegistersOfItsEnclave() {
        Appraisal.Trusted trusted = (Appraisal.Trusted) judge(sgx(), upToDate());

        assertThat(trusted.report().platform()).isEqualTo("sgx");
        assertThat(trusted.report().registers()).hasSize(32 + 32 + 2 + 2 + 16);
    }

    @Test
    void anotherReportDataIsRefused() {
        byte[] quote = td15().reportData(DATA).make();
        Collateral collateral = PlayedIntel.read(upToDate().make());

        assertThat(Verifier.verify(quote, collateral, lenient(), Optional.of(Octets.of(DATA)), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(
                        check(
                                Verifier.verify(
                                        quote,
                                        collateral,
                                        lenient(),
                                        Optional.of(Octets.of(new byte[64])),
                                        NOW)))
                .isEqualTo(Check.REPORT_DATA);
    }

    @Test
    void aDomainThatMayMoveIsRefusedWhateverTheVersionOfItsQuote() {
        for (DcapQuote quote : List.of(td(), td15())) {
            quote.body[DcapQuote.TD_ATTRIBUTES + 3] |= 0x20;

            assertThat(refusal(quote, upToDate())).isEqualTo(Check.MIGRATION);
        }
    }

    @Test
    void debugIsRefusedUnlessThePolicyAcceptsItByName() {
        DcapQuote enclave = sgx();
        enclave.body[DcapQuote.SGX_ATTRIBUTES] = 0x07;
        DcapQuote domain = td();
        domain.body[DcapQuote.TD_ATTRIBUTES] = 0x01;
        DcapQuote reserved = td15();
        reserved.body[DcapQuote.TD_ATTRIBUTES] = (byte) 0x80;

        assertThat(refusal(enclave, upToDate())).isEqualTo(Check.DEBUG);
        assertThat(refusal(domain, upToDate())).isEqualTo(Check.DEBUG);
        assertThat(refusal(reserved, upToDate())).isEqualTo(Check.DEBUG);
        AppraisalPolicy accepting = DcapVectors.withDebug(lenient());
        assertThat(judge(domain.make(), upToDate().make(), accepting, NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aQuoteSignedByAnotherKeyIsRefused() {
        DcapQuote quote = td();
        quote.signingKey = TestAuthority.newKeys();

        assertThat(refusal(quote, upToDate())).isEqualTo(Check.SIGNATURE);
    }

    @Test
    void anAttestationKeyThatTheQuotingEnclaveDidNotMakeIsRefused() {
        DcapQuote quote = td();
        byte[] made = quote.make();
        byte[] other = td().make();
        int key = 48 + 584 + 4;
        System.arraycopy(other, key, made, key, 128);

        assertThat(check(judge(made, upToDate().make(), lenient(), NOW))).isEqualTo(Check.SIGNER);
    }

    @Test
    void aQuotingEnclaveOfAnotherPlatformIsRefused() {
        DcapQuote quote = td();
        quote.qeSigner = DcapPki.platform(PKI.platformAuthority(), PKI.validity());

        assertThat(refusal(quote, upToDate())).isEqualTo(Check.SIGNER);
    }

    @Test
    void aQuotingEnclaveThatIsNotIntelsIsRefused() {
        DcapQuote signer = td();
        signer.qeReport[DcapQuote.SGX_MR_SIGNER] = 1;
        DcapQuote debug = td();
        debug.qeReport[DcapQuote.SGX_ATTRIBUTES] |= 0x02;
        DcapQuote product = td();
        product.qeReport[256] = 1;
        DcapQuote misc = td();
        misc.qeReport[16] = 1;

        assertThat(refusal(signer, upToDate())).isEqualTo(Check.SIGNER);
        assertThat(refusal(debug, upToDate())).isEqualTo(Check.SIGNER);
        assertThat(refusal(product, upToDate())).isEqualTo(Check.SIGNER);
        assertThat(refusal(misc, upToDate())).isEqualTo(Check.SIGNER);
    }

    @Test
    void aModuleThatIntelDoesNotStandForIsRefused() {
        DcapQuote signer = td();
        signer.body[DcapQuote.TD_SEAM_SIGNER] = 1;

        assertThat(refusal(signer, upToDate())).isEqualTo(Check.MODULE);
        assertThat(refusal(td().teeTcbSvn(0, 5, 2, 5), upToDate())).isEqualTo(Check.MODULE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 7})
    void certificationDataWithoutAChainIsRefused(int type) {
        DcapQuote quote = td();
        quote.certificationType = type;

        assertThat(refusal(quote, upToDate())).isEqualTo(Check.REPORT);
    }

    @Test
    void zeroBytesAfterAQuoteChangeNothingAndOthersAreRefused() {
        DcapQuote padded = td();
        padded.padding = new byte[3000];
        DcapQuote followed = td();
        followed.padding = new byte[] {0, 0, 1};

        assertThat(state(padded, upToDate())).isEqualTo(TcbState.UP_TO_DATE);
        assertThat(refusal(followed, upToDate())).isEqualTo(Check.REPORT);
    }

    @Test
    void aChainInDerOrRootFirstIsReadAsWell() {
        DcapQuote quote = td();
        quote.certificationData =
                io.attestgate.verify.testpki.Chains.derRootFirst(
                        PKI.pck(), PKI.platformAuthority(), PKI.root());

        assertThat(state(quote, upToDate())).isEqualTo(TcbState.UP_TO_DATE);
    }

    @Test
    void aChainThatEndsInAnotherRootIsRefused() {
        DcapPki other = DcapPki.at(NOW);

        assertThat(refusal(DcapQuote.of(other, 4, DcapQuote.TD_1_0), upToDate()))
                .isEqualTo(Check.ROOT);
    }

    @Test
    void aLeafThatTheAuthorityDidNotIssueIsRefused() {
        TestAuthority forged =
                DcapPki.platform(
                        TestAuthority.root("Intel SGX PCK Platform CA", PKI.validity()),
                        PKI.validity());

        assertThat(refusal(DcapQuote.of(PKI.withPck(forged), 4, DcapQuote.TD_1_0), upToDate()))
                .isEqualTo(Check.CERTIFICATE);
    }

    @Test
    void aCertificateOfAnotherRoleIsNoPlatform() {
        TestAuthority signing =
                PKI.platformAuthority()
                        .issue("Intel SGX TCB Signing", PKI.validity(), TestAuthority.Role.SIGNER);
        TestAuthority bare =
                PKI.platformAuthority()
                        .issue(
                                "Intel SGX PCK Certificate",
                                PKI.validity(),
                                TestAuthority.Role.SIGNER);

        assertThat(refusal(DcapQuote.of(PKI.withPck(signing), 4, DcapQuote.TD_1_0), upToDate()))
                .isEqualTo(Check.CERTIFICATE);
        assertThat(refusal(DcapQuote.of(PKI.withPck(bare), 4, DcapQuote.TD_1_0), upToDate()))
                .isEqualTo(Check.CERTIFICATE);
    }

    @Test
    void aPolicyWithoutThatRootTrustsNothing() {
        AppraisalPolicy none =
                new AppraisalPolicy(
                        Set.of(),
                        lenient().tcbStates(),
                        lenient().advisories(),
                        AppraisalPolicy.Debug.REFUSED);

        assertThat(check(judge(td().make(), upToDate().make(), none, NOW))).isEqualTo(Check.ROOT);
    }

    @Test
    void everyCutOfAQuoteIsRefused() {
        byte[] quote = td().make();
        Collateral collateral = PlayedIntel.read(upToDate().make());
        for (int size = 0; size < quote.length; size += 7) {
            assertThat(
                            check(
                                    Verifier.verify(
                                            Arrays.copyOf(quote, size),
                                            collateral,
                                            lenient(),
                                            Optional.empty(),
                                            NOW)))
                    .isEqualTo(Check.REPORT);
        }
    }
}
