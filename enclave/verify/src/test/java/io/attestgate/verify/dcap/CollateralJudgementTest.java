package io.attestgate.verify.dcap;

import static io.attestgate.verify.dcap.PlayedIntel.NOW;
import static io.attestgate.verify.dcap.PlayedIntel.PKI;
import static io.attestgate.verify.dcap.PlayedIntel.check;
import static io.attestgate.verify.dcap.PlayedIntel.judge;
import static io.attestgate.verify.dcap.PlayedIntel.lenient;
import static io.attestgate.verify.dcap.PlayedIntel.refusal;
import static io.attestgate.verify.dcap.PlayedIntel.td;
import static io.attestgate.verify.dcap.PlayedIntel.upToDate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.TestAuthority;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents, certificates and revocation, in both directions, under a root of our own. */
final class CollateralJudgementTest {
    private static final Validity PAST =
            new Validity(NOW.minus(Duration.ofDays(60)), NOW.minusSeconds(1));
    private static final Validity FUTURE =
            new Validity(NOW.plusSeconds(1), NOW.plus(Duration.ofDays(60)));

    /**
     * Who pins Amazon's root lets Amazon vouch for its enclaves, and for no platform of Intel's.
     */
    @Test
    void aPinnedRootOfAnotherVendorVouchesForNoPlatform() {
        DcapPki amazon =
                DcapPki.below(
                        TestAuthority.root("aws.nitro-enclaves", PKI.validity()), PKI.validity());
        AppraisalPolicy strict =
                AppraisalPolicy.strict(Set.of(PKI.rootHash(), amazon.rootHash()), NOW);

        assertThat(judgeUnder(strict, PKI)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judgeUnder(strict, amazon))).isEqualTo(Check.ROOT);
    }

    private static Appraisal judgeUnder(AppraisalPolicy policy, DcapPki pki) {
        return Verifier.verify(
                DcapQuote.of(pki, 4, DcapQuote.TD_1_0).make(),
                PlayedIntel.read(DcapCollateral.upToDate(pki, NOW).make()),
                policy,
                Optional.empty(),
                NOW);
    }

    @Test
    void aRevokedPlatformIsRefused() {
        DcapCollateral collateral = upToDate();
        collateral.revokedByPlatformAuthority.add(PKI.pck().certificate());

        assertThat(refusal(td(), collateral)).isEqualTo(Check.REVOKED);
    }

    @Test
    void aRevokedAuthorityIsRefused() {
        DcapCollateral collateral = upToDate();
        collateral.revokedByRoot.add(PKI.platformAuthority().certificate());

        assertThat(refusal(td(), collateral)).isEqualTo(Check.REVOKED);
    }

    @Test
    void aRevokedSignerOfDocumentsIsRefused() {
        DcapCollateral collateral = upToDate();
        collateral.revokedByRoot.add(PKI.tcbSigning().certificate());

        assertThat(refusal(td(), collateral)).isEqualTo(Check.REVOKED);
    }

    @Test
    void theRevocationOfAnotherPlatformChangesNothing() {
        DcapCollateral collateral = upToDate();
        collateral.revokedByPlatformAuthority.add(
                DcapPki.platform(PKI.platformAuthority(), PKI.validity()).certificate());

        assertThat(judge(td(), collateral)).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aRevocationListOfAnotherTimeIsRefused() {
        DcapCollateral old = upToDate();
        old.crlValidity = PAST;
        DcapCollateral early = upToDate();
        early.crlValidity = FUTURE;

        assertThat(refusal(td(), old)).isEqualTo(Check.EXPIRED);
        assertThat(refusal(td(), early)).isEqualTo(Check.NOT_YET_VALID);
    }

    @Test
    void aRevocationListSignedByAnotherIsRefused() {
        DcapCollateral collateral = upToDate();
        collateral.platformCrlSigner =
                TestAuthority.root("Intel SGX PCK Platform CA", PKI.validity());

        assertThat(refusal(td(), collateral)).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void documentsOfAnotherTimeAreRefused() {
        DcapCollateral oldInfo = upToDate();
        oldInfo.tcbInfoValidity = PAST;
        DcapCollateral earlyInfo = upToDate();
        earlyInfo.tcbInfoValidity = FUTURE;
        DcapCollateral oldIdentity = upToDate();
        oldIdentity.identityValidity = PAST;
        DcapCollateral earlyIdentity = upToDate();
        earlyIdentity.identityValidity = FUTURE;

        assertThat(refusal(td(), oldInfo)).isEqualTo(Check.EXPIRED);
        assertThat(refusal(td(), earlyInfo)).isEqualTo(Check.NOT_YET_VALID);
        assertThat(refusal(td(), oldIdentity)).isEqualTo(Check.EXPIRED);
        assertThat(refusal(td(), earlyIdentity)).isEqualTo(Check.NOT_YET_VALID);
    }

    @Test
    void certificatesOfAnotherTimeAreRefused() {
        assertThat(certificatesOf(PAST)).isEqualTo(Check.EXPIRED);
        assertThat(certificatesOf(FUTURE)).isEqualTo(Check.NOT_YET_VALID);
    }

    private static Check certificatesOf(Validity validity) {
        TestAuthority platform = DcapPki.platform(PKI.platformAuthority(), validity);
        return refusal(DcapQuote.of(PKI.withPck(platform), 4, DcapQuote.TD_1_0), upToDate());
    }

    @Test
    void aSignerOfDocumentsWhoseTimeIsOverIsRefused() {
        TestAuthority old =
                PKI.root().issue("Intel SGX TCB Signing", PAST, TestAuthority.Role.SIGNER);

        assertThat(refusal(td(), DcapCollateral.upToDate(PKI.withTcbSigning(old), NOW)))
                .isEqualTo(Check.EXPIRED);
    }

    @Test
    void documentsThatAnotherSignedAreRefused() {
        DcapCollateral collateral = upToDate();
        collateral.documentSigner = TestAuthority.root("Intel SGX TCB Signing", PKI.validity());

        assertThat(refusal(td(), collateral)).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void aSignerThatTheRootDidNotIssueIsRefused() {
        TestAuthority below =
                PKI.platformAuthority()
                        .issue("Intel SGX TCB Signing", PKI.validity(), TestAuthority.Role.SIGNER);

        assertThat(refusal(td(), DcapCollateral.upToDate(PKI.withTcbSigning(below), NOW)))
                .isEqualTo(Check.CERTIFICATE);
    }

    @Test
    void aPlatformsKeySignsNoDocuments() {
        DcapCollateral collateral = DcapCollateral.upToDate(PKI.withTcbSigning(PKI.pck()), NOW);

        assertThat(refusal(td(), collateral)).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void tcbInfoOfAnotherModelIsRefused() {
        DcapCollateral model = upToDate();
        model.fmspc = "ffffffffffff";
        DcapCollateral pce = upToDate();
        pce.pceId = "0001";

        assertThat(refusal(td(), model)).isEqualTo(Check.COLLATERAL_MATCH);
        assertThat(refusal(td(), pce)).isEqualTo(Check.COLLATERAL_MATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcb_info_tdx.json",
                "td_qe_identity.json",
                "signing.pem",
                "root.crl",
                "pck.crl"
            })
    void nothingThatIsAbsentIsTakenForGood(String file) {
        SortedMap<String, byte[]> files = upToDate().files();
        files.remove(file);

        assertThat(check(judge(td().make(), new Bundle(files), lenient(), NOW)))
                .isEqualTo(Check.COLLATERAL);
    }

    @Test
    void theEnclavesIdentityDoesNotStandInForTheDomains() {
        SortedMap<String, byte[]> files = upToDate().files();
        files.remove("td_qe_identity.json");

        assertThat(check(judge(td().make(), new Bundle(files), lenient(), NOW)))
                .isEqualTo(Check.COLLATERAL);
        assertThat(judge(PlayedIntel.sgx().make(), new Bundle(files), lenient(), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aByteOfADocumentThatChangedIsRefused() {
        SortedMap<String, byte[]> files = upToDate().files();
        byte[] info =
                new String(files.get("tcb_info_tdx.json"), StandardCharsets.UTF_8)
                        .replace("\"tcbEvaluationDataNumber\":17", "\"tcbEvaluationDataNumber\":18")
                        .getBytes(StandardCharsets.UTF_8);
        files.put("tcb_info_tdx.json", info);

        assertThat(check(judge(td().make(), new Bundle(files), lenient(), NOW)))
                .isEqualTo(Check.COLLATERAL);
    }

    @Test
    void ofSeveralDocumentsTheNewestThatIsNotOfTheFutureCounts() {
        DcapCollateral old = upToDate();
        old.tcbInfoValidity = PAST;
        DcapCollateral early = upToDate();
        early.tcbInfoValidity = FUTURE;
        SortedMap<String, byte[]> files = upToDate().files();
        files.put("old", old.files().get("tcb_info_tdx.json"));
        files.put("early", early.files().get("tcb_info_tdx.json"));

        assertThat(judge(td().make(), new Bundle(files), lenient(), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    /** Intel publishes it before the old one ends, and signs with the key of both. */
    @Test
    void ofASignersCertificatesTheNewestThatIsNotOfTheFutureCounts() {
        DcapCollateral collateral = upToDate();
        DcapPki pki = collateral.pki;
        SortedMap<String, byte[]> files = collateral.files();
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        Validity next = new Validity(tomorrow, NOW.plus(Duration.ofDays(3000)));
        for (Validity other : List.of(PAST, next)) {
            X509Certificate renewed =
                    pki.root()
                            .renew(pki.tcbSigning(), "Intel SGX TCB Signing", other)
                            .certificate();
            files.put("signing-" + other.from() + ".pem", DcapPki.pem(List.of(renewed)));
        }

        assertThat(judge(td().make(), new Bundle(files), lenient(), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void theFirstInstantAtWhichSomethingEndsIsTheExpiry() {
        DcapCollateral collateral = upToDate();
        Instant soon = NOW.plusSeconds(60);
        collateral.identityValidity = new Validity(NOW.minusSeconds(60), soon);
        byte[] quote = td().make();

        Appraisal.Trusted trusted =
                (Appraisal.Trusted) judge(quote, collateral.make(), lenient(), NOW);

        assertThat(trusted.expiry()).isEqualTo(soon);
        assertThat(judge(quote, collateral.make(), lenient(), soon.minusSeconds(1)))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(quote, collateral.make(), lenient(), soon)))
                .isEqualTo(Check.EXPIRED);
    }

    @Test
    void whatVerifiedOnceIsJudgedAgainAtEveryInstant() {
        Collateral collateral = PlayedIntel.read(upToDate().make());
        byte[] quote = td().make();

        assertThat(Verifier.verify(quote, collateral, lenient(), java.util.Optional.empty(), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(
                        check(
                                Verifier.verify(
                                        quote,
                                        collateral,
                                        lenient(),
                                        java.util.Optional.empty(),
                                        NOW.plus(Duration.ofDays(31)))))
                .isEqualTo(Check.EXPIRED);
    }

    @Test
    void aBrokenFileOfAKnownFormIsAFault() {
        for (String broken :
                new String[] {
                    "{\"tcbInfo\":{},\"signature\":\"00\"}",
                    "{\"enclaveIdentity\":[],\"signature\":\"\"}",
                    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                    "-----BEGIN NOTHING-----\nAAAA\n-----END NOTHING-----\n",
                    "{\"root_ca_crl\":\"zz\"}",
                    "{\"tcb_info\":\"{}\"}",
                    "{\"tcb_info\":\"{",
                    "\n{ \"other\": 1, \"pck_crl_issuer_chain\" : \"-----BEGIN",
                    "{\"crl_data_base64\":\"\",\"crl_data_base64\":\"\"}",
                    "0 is the first byte of DER"
                }) {
            byte[] bytes = broken.getBytes(StandardCharsets.UTF_8);
            assertThat(Collateral.parse(Bundle.of("file", bytes)))
                    .as(broken)
                    .isInstanceOf(Parsed.Bad.class);
        }
    }

    @Test
    void aBrokenFileOfNoKnownFormIsPassedOver() {
        for (String other :
                new String[] {
                    "{\"rim\":\"", "{\"a\":\"tcb_info\"", "{\"my_tcb_info\":", "{", "tcb_info: \"",
                }) {
            byte[] bytes = other.getBytes(StandardCharsets.UTF_8);
            assertThat(Collateral.parse(Bundle.of("file", bytes)))
                    .as(other)
                    .isInstanceOf(Parsed.Good.class);
        }
    }

    @Test
    void aBundleThatWasCutAnywhereIsAFaultThoughAWholeOneLiesBesideIt() {
        RealVectors.require();
        byte[] whole = RealVectors.read("collateral/dcap-qvl/sample/tdx_quote_collateral.json");

        for (int size : new int[] {30, 3000, whole.length / 2, whole.length - 2}) {
            Bundle cut = Bundle.of("cut", Arrays.copyOf(whole, size));
            Bundle both = cut.and(Bundle.of("whole", whole)).toOptional().orElseThrow();

            assertThat(Collateral.parse(both).faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.path()).startsWith("collateral cut: $"));
        }
    }
}
