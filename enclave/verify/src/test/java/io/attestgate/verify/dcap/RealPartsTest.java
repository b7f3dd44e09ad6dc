package io.attestgate.verify.dcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Links;
import io.attestgate.verify.x509.P256;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real quotes whose collateral is not whole: nobody kept the revocation lists and the signer's
 * certificate of 2023 and 2024. So each part that there is, is judged by itself.
 */
final class RealPartsTest {

    @BeforeAll
    static void requireVectors() {
        RealVectors.require();
    }

    static Stream<String> quotes() {
        return Stream.of(
                "evidence/sgx/v3-dcapqvl-00a067.quote.bin",
                "evidence/sgx/v3-automata-00a067.quote.bin",
                "evidence/sgx/v3-automata-00606a.quote.bin",
                "evidence/tdx/v4-dcapqvl-b0c06f.quote.bin",
                "evidence/tdx/v4-phala-20a06f.quote.bin",
                "evidence/tdx/v4-gcp-00806f05-2025.quote.bin",
                "evidence/tdx/v4-oasis-c0806f.quote.bin",
                "evidence/tdx/v4-debugattr-50806f.quote.bin",
                "evidence/tdx/v5-google-90c06f.quote.bin",
                "evidence/tdx/v5-tdx5-90c06f.quote.bin",
                "collateral/dcap-qvl/sample/quote-from-tappd.hex",
                DcapVectors.QUOTE_V4_HEX,
                DcapVectors.GO + "ccel/cos-113-tdx-quote.dat",
                DcapVectors.OASIS + "quote_v4_tdx_ecdsa_p256_trailing.bin",
                DcapVectors.OASIS + "quote_v4_tdx_ecdsa_p256_out_of_date.bin");
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void everySignatureOfARealQuoteHoldsUpToIntelsRoot(String name) throws RefusedException {
        Quote quote = DcapVectors.quote(name);
        Pck pck = Pck.of(quote.signature());
        X509Certificate leaf = pck.path().leaf();

        assertThat(Certificates.sha256(pck.path().root())).isEqualTo(Verifier.INTEL_ROOT);
        assertThat(
                        pck.path()
                                .refusal(
                                        Set.of(Verifier.INTEL_ROOT),
                                        new Links(),
                                        leaf.getNotBefore().toInstant()))
                .isEmpty();
        QuotingEnclave.judge(quote.signature(), leaf.getPublicKey());
        assertThat(
                        P256.isSigned(
                                P256.key(quote.signature().attestationKey().bytes()).orElseThrow(),
                                quote.signature().signature().bytes(),
                                quote.signed().bytes()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "evidence/tdx/v4-oasis-c0806f.quote.bin,tcb_info_v3_tdx_fmspc_C0806F000000.json,"
                + "qe_identity_v2_tdx2.json",
        "collateral/oasis-core/go/common/sgx/pcs/testdata/quote_v4_tdx_ecdsa_p256_trailing.bin,"
                + "tcb_info_v3_tdx_fmspc_C0806F000000.json,qe_identity_v2_tdx2.json"
    })
    void theLevelsOf2024AreUpToDate(String quote, String info, String identity)
            throws RefusedException {
        TcbEvaluation.Result result = evaluate(DcapVectors.quote(quote), info, identity);

        assertThat(result.state()).isEqualTo(TcbState.UP_TO_DATE);
        assertThat(result.advisories()).isEmpty();
    }

    @Test
    void thePlatformsOf2023AreBelowEveryLevel() {
        for (Quote quote :
                List.of(
                        DcapVectors.quote(
                                DcapVectors.OASIS + "quote_v4_tdx_ecdsa_p256_out_of_date.bin"),
                        withoutExtraBytes("tdx_prod_quote_SPR_E4.dat"))) {
            assertThatThrownBy(
                            () ->
                                    evaluate(
                                            quote,
                                            "tcb_info_v3_tdx_fmspc_50806F000000.json",
                                            "qe_identity_v2_tdx.json"))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.refusal().check()).isEqualTo(Check.TCB_LEVEL));
        }
    }

    @Test
    void theDebugDomainSaysSo() {
        assertThat(DcapVectors.quote("evidence/tdx/v4-debugattr-50806f.quote.bin").body().isDebug())
                .isTrue();
    }

    private static Quote withoutExtraBytes(String name) {
        byte[] bytes = RealVectors.read(DcapVectors.GO + name);
        return Quote.parse(Arrays.copyOf(bytes, 4935)).toOptional().orElseThrow();
    }

    /** With the signatures of TCB info and identity by Intel's key, which outlived its renewal. */
    private static TcbEvaluation.Result evaluate(Quote quote, String infoName, String identityName)
            throws RefusedException {
        Collateral collateral =
                DcapVectors.collateral(
                        List.of(
                                DcapVectors.OASIS + infoName,
                                DcapVectors.OASIS + identityName,
                                DcapVectors.QVL_SGX));
        Pck pck = Pck.of(quote.signature());
        SignedDocument<TcbInfo> info =
                collateral.tcbInfo(Tee.TDX, pck.platform().fmspc(), DcapVectors.END).orElseThrow();
        SignedDocument<EnclaveIdentity> identity =
                collateral.identity(Tee.TDX, DcapVectors.END).orElseThrow();
        X509Certificate signer = collateral.named(CommonName.TCB_SIGNING).getFirst();
        assertThat(info.isSignedBy(signer.getPublicKey())).isTrue();
        assertThat(identity.isSignedBy(signer.getPublicKey())).isTrue();
        TcbEvaluation.module(info.content(), (TdReport) quote.body());
        IsvLevel enclave = QuotingEnclave.level(quote.signature().qeReport(), identity.content());
        return new TcbEvaluation(info.content(), pck.platform(), enclave).evaluate(quote.body());
    }

    @Test
    void everyPublicShapeOfCollateralIsRead() throws IOException {
        for (String folder :
                List.of(
                        "collateral/teepot/crates/intel-dcap-api/tests/test_data",
                        "collateral/automata-dcap/evm/forge-test/assets/0825",
                        "collateral/automata-dcap/evm/forge-test/assets/0625",
                        "collateral/automata-dcap/solana/automata-dcap-framework/tests/data",
                        "collateral/oasis-core/go/common/sgx/pcs/testdata",
                        "collateral/go-tdx-guest/testing/testdata",
                        DcapVectors.QVL_TDX,
                        DcapVectors.YAML)) {
            Bundle bundle = Bundle.read(RealVectors.path(folder)).toOptional().orElseThrow();
            assertThat(Collateral.parse(bundle)).as(folder).isInstanceOf(Parsed.Good.class);
        }
    }
}
