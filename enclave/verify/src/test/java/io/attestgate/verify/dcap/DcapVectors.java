package io.attestgate.verify.dcap;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The real DCAP quotes and collateral, and policies to hold them against. */
final class DcapVectors {
    static final Instant END = Instant.parse("2099-01-01T00:00:00Z");

    private static final String AUTOMATA = "collateral/automata-dcap/";
    private static final String SOLANA = AUTOMATA + "solana/automata-dcap-framework/tests/data/";
    private static final String TEEPOT = "collateral/teepot/crates/intel-dcap-api/tests/test_data/";

    static final String QVL_SGX = "collateral/dcap-qvl/sample/sgx_quote_collateral.json";
    static final String QVL_TDX = "collateral/dcap-qvl/sample/tdx_quote_collateral.json";
    static final String QVL_TDX_2026 =
            "collateral/dcap-qvl/sample/tdx_quote_outdated_collateral.json";
    static final String NEAR =
            "collateral/dcap-qvl/tests/near/contracts/gas-test/tests/quote/quote_collateral.json";
    static final String YAML =
            "collateral/flashbots-attested-tls/crates/attestation/test-assets/"
                    + "dcap-quote-collateral-00.yaml";
    static final String GO = "collateral/go-tdx-guest/testing/testdata/";
    static final String OASIS = "collateral/oasis-core/go/common/sgx/pcs/testdata/";
    static final String INTEL = "collateral/intel-qvl-synthetic/Src/AttestationApp/sampleData/";

    /** Collateral that several sources give together. */
    static final List<String> AUTOMATA_0825 =
            List.of(
                    AUTOMATA + "evm/forge-test/assets/0825/platform_crl.der",
                    AUTOMATA + "evm/forge-test/assets/0825/sgx_qeidentity_v4.json",
                    AUTOMATA + "evm/forge-test/assets/0825/sgx_tcbinfov3_00606a000000.json",
                    AUTOMATA + "evm/forge-test/assets/0825/sgxtcbeval.json",
                    SOLANA + "intel_root_ca_crl.der",
                    TEEPOT + "sgx_qe_identity.json");

    static final List<String> AUTOMATA_0625 =
            List.of(
                    AUTOMATA + "evm/forge-test/assets/0625/qe_td.json",
                    AUTOMATA + "evm/forge-test/assets/0625/tcbinfov3_00806f050000.json",
                    QVL_TDX);
    static final List<String> SOLANA_AND_TEEPOT =
            List.of(
                    SOLANA + "tcb_info_v3_sgx.json",
                    SOLANA + "intel_root_ca_crl.der",
                    SOLANA + "root.der",
                    TEEPOT + "pck_crl_processor_der.json",
                    TEEPOT + "sgx_qe_identity.json");
    static final List<String> GO_2026 = List.of(GO + "sample_tcbinfo_response_v5", QVL_TDX_2026);
    static final List<String> SYNTHETIC_TDX =
            List.of(
                    INTEL + "tdx/tcbInfo.json",
                    INTEL + "tdx/qeIdentity.json",
                    INTEL + "tdx/tcbSignChain.pem",
                    INTEL + "tdx/rootCaCrl.der",
                    INTEL + "tdx/intermediateCaCrl.der");

    static final String QUOTE_V4_HEX = "collateral/automata-dcap/rust-crates/samples/quotev4.hex";

    private DcapVectors() {}

    static Collateral collateral(List<String> files) {
        return Collateral.parse(new Bundle(RealVectors.files(files))).toOptional().orElseThrow();
    }

    static Quote quote(String name) {
        return Quote.parse(RealVectors.read(name)).toOptional().orElseThrow();
    }

    /** Accepts what is asked for and whatever Intel advises, until the end of the century. */
    static AppraisalPolicy accepting(TcbState... states) {
        Map<TcbState, Instant> until = new HashMap<>();
        Arrays.stream(states).forEach(state -> until.put(state, END));
        Map<String, Instant> advisories = new HashMap<>();
        Stream.of("00289", "00615", "00960", "00982", "00986", "00837", "01036", "01079")
                .forEach(number -> advisories.put("INTEL-SA-" + number, END));
        return new AppraisalPolicy(
                Set.of(Verifier.INTEL_ROOT), until, advisories, AppraisalPolicy.Debug.REFUSED);
    }

    static AppraisalPolicy withDebug(AppraisalPolicy policy) {
        return new AppraisalPolicy(
                policy.roots(),
                policy.tcbStates(),
                policy.advisories(),
                AppraisalPolicy.Debug.ACCEPTED);
    }

    static AppraisalPolicy withRoot(AppraisalPolicy policy, Hash32 root) {
        return new AppraisalPolicy(
                Set.of(root), policy.tcbStates(), policy.advisories(), policy.debug());
    }
}
