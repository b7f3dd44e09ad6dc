package io.attestgate.verify.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real quotes with their real collateral, each in the window in which all of it held, judged as an
 * independent implementation judged them.
 */
@RequiresPeer("vectors")
final class RealQuotesTest {
    private static final TcbState[] ALL = TcbState.values();

    /**
     * @param expected a state with its advisories, or the check that refuses
     */
    record Row(
            String quote,
            List<String> collateral,
            String at,
            AppraisalPolicy policy,
            Object expected,
            Set<String> advisories) {
        @Override
        public String toString() {
            return quote + " at " + at + ": " + expected;
        }
    }

    static Stream<Row> rows() {
        String sgx = "evidence/sgx/v3-";
        String tdx = "evidence/tdx/";
        return Stream.of(
                accepted(
                        sgx + "dcapqvl-00a067.quote.bin",
                        List.of(DcapVectors.QVL_SGX),
                        "2025-06-25T00:00:00Z",
                        TcbState.CONFIGURATION_AND_SW_HARDENING_NEEDED,
                        "INTEL-SA-00289",
                        "INTEL-SA-00615"),
                accepted(
                        sgx + "automata-00606a.quote.bin",
                        DcapVectors.AUTOMATA_0825,
                        "2025-08-20T00:00:00Z",
                        TcbState.SW_HARDENING_NEEDED,
                        "INTEL-SA-00615"),
                debug(
                        sgx + "automata-00a067.quote.bin",
                        DcapVectors.SOLANA_AND_TEEPOT,
                        "2025-05-30T00:00:00Z",
                        TcbState.CONFIGURATION_AND_SW_HARDENING_NEEDED,
                        "INTEL-SA-00289",
                        "INTEL-SA-00615"),
                refused(
                        sgx + "automata-00a067.quote.bin",
                        DcapVectors.SOLANA_AND_TEEPOT,
                        "2025-05-30T00:00:00Z",
                        Check.DEBUG),
                refused(
                        sgx + "oasis-eppid-certtype3.quote.bin",
                        List.of(DcapVectors.QVL_SGX),
                        "2025-06-25T00:00:00Z",
                        Check.REPORT),
                accepted(
                        tdx + "v4-dcapqvl-b0c06f.quote.bin",
                        List.of(DcapVectors.QVL_TDX),
                        "2025-06-25T00:00:00Z",
                        TcbState.UP_TO_DATE),
                refused(
                        "collateral/dcap-qvl/sample/quote-from-tappd.hex",
                        List.of(DcapVectors.QVL_TDX),
                        "2025-06-25T00:00:00Z",
                        Check.TCB_LEVEL),
                accepted(
                        tdx + "v4-phala-20a06f.quote.bin",
                        List.of(DcapVectors.NEAR),
                        "2025-09-10T00:00:00Z",
                        TcbState.UP_TO_DATE),
                accepted(
                        tdx + "v4-gcp-00806f05-2025.quote.bin",
                        List.of(DcapVectors.YAML),
                        "2026-02-10T00:00:00Z",
                        TcbState.UP_TO_DATE),
                accepted(
                        DcapVectors.QUOTE_V4_HEX,
                        DcapVectors.AUTOMATA_0625,
                        "2025-06-25T00:00:00Z",
                        TcbState.OUT_OF_DATE,
                        "INTEL-SA-00960",
                        "INTEL-SA-00982",
                        "INTEL-SA-00986"),
                accepted(
                        tdx + "v5-google-90c06f.quote.bin",
                        DcapVectors.GO_2026,
                        "2026-02-25T00:00:00Z",
                        TcbState.UP_TO_DATE),
                refused(
                        tdx + "v5-tdx5-90c06f.quote.bin",
                        DcapVectors.GO_2026,
                        "2026-02-25T00:00:00Z",
                        Check.TCB_LEVEL),
                // Bytes that are not zero stand after its last field.
                refused(
                        DcapVectors.GO + "tdx_prod_quote_SPR_E4.dat",
                        List.of(DcapVectors.QVL_TDX),
                        "2025-06-25T00:00:00Z",
                        Check.REPORT),
                // Of these the collateral is of another model, and none that held then is whole.
                refused(
                        tdx + "v4-debugattr-50806f.quote.bin",
                        List.of(DcapVectors.QVL_TDX),
                        "2025-06-25T00:00:00Z",
                        Check.COLLATERAL_MATCH),
                refused(
                        DcapVectors.OASIS + "quote_v4_tdx_ecdsa_p256_out_of_date.bin",
                        List.of(DcapVectors.QVL_TDX),
                        "2025-06-25T00:00:00Z",
                        Check.COLLATERAL_MATCH),
                refused(
                        tdx + "v4-oasis-c0806f.quote.bin",
                        List.of(DcapVectors.QVL_TDX),
                        "2025-06-25T00:00:00Z",
                        Check.COLLATERAL_MATCH),
                refused(
                        DcapVectors.OASIS + "quote_v4_tdx_ecdsa_p256_trailing.bin",
                        List.of(
                                DcapVectors.OASIS + "tcb_info_v3_tdx_fmspc_C0806F000000.json",
                                DcapVectors.OASIS + "qe_identity_v2_tdx2.json"),
                        "2024-09-25T00:00:00Z",
                        Check.COLLATERAL),
                // Intel's own samples, under the root that comes with them.
                synthetic(INTEL_SGX, List.of(), Check.REPORT, ""),
                synthetic(INTEL_TDX, DcapVectors.SYNTHETIC_TDX, Check.MODULE, "tdx/"));
    }

    private static final String INTEL_SGX = DcapVectors.INTEL + "quote.dat";
    private static final String INTEL_TDX = DcapVectors.INTEL + "tdx/quote.dat";

    private static Row accepted(
            String quote, List<String> files, String at, TcbState state, String... advisories) {
        return new Row(quote, files, at, DcapVectors.accepting(state), state, Set.of(advisories));
    }

    private static Row debug(
            String quote, List<String> files, String at, TcbState state, String... advisories) {
        AppraisalPolicy policy = DcapVectors.withDebug(DcapVectors.accepting(state));
        return new Row(quote, files, at, policy, state, Set.of(advisories));
    }

    private static Row refused(String quote, List<String> files, String at, Check check) {
        return new Row(quote, files, at, DcapVectors.accepting(ALL), check, Set.of());
    }

    private static Row synthetic(String quote, List<String> files, Check check, String folder) {
        RealVectors.require();
        byte[] pem = RealVectors.read(DcapVectors.INTEL + folder + "trustedRootCaCert.pem");
        Hash32 root =
                Certificates.sha256(
                        Certificates.parseAll(pem).toOptional().orElseThrow().getFirst());
        return new Row(
                quote,
                files,
                "2024-01-01T00:00:00Z",
                DcapVectors.withRoot(DcapVectors.accepting(ALL), root),
                check,
                Set.of());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isJudgedAsStated(Row row) {
        Appraisal appraisal =
                Verifier.verify(
                        RealVectors.read(row.quote()),
                        DcapVectors.collateral(row.collateral()),
                        row.policy(),
                        Optional.empty(),
                        Instant.parse(row.at()));

        switch (appraisal) {
            case Appraisal.Trusted trusted -> {
                RealVectors.accepted("dcap", row.quote() + " at " + row.at());
                assertThat(trusted.tcb()).isEqualTo(row.expected());
                assertThat(trusted.advisories()).isEqualTo(row.advisories());
                assertThat(trusted.expiry()).isAfter(Instant.parse(row.at()));
                assertThat(trusted.identity()).containsKeys("ppid", "fmspc");
            }
            case Refusal refusal -> {
                assertThat(refusal.check()).as(refusal.toString()).isEqualTo(row.expected());
                RealVectors.refused("dcap", row.quote() + " at " + row.at(), refusal.check());
            }
        }
    }
}
