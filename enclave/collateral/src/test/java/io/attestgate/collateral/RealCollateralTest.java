package io.attestgate.collateral;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.collateral.amd.KeyService;
import io.attestgate.collateral.http.Limits;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.NamedTexts;
import io.attestgate.verify.dcap.DcapKind;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.snp.SnpKind;
import io.attestgate.verify.snp.SnpPolicy;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real evidence, and what its vendors published about it, played as their services gave it. */
final class RealCollateralTest {
    private static final Instant END = Instant.parse("2099-01-01T00:00:00Z");
    private static final String DCAP = "collateral/dcap-qvl/";
    private static final String CHAINS = "collateral/go-sev-guest/verify/trust/";

    private final MovedClock clock = new MovedClock(Instant.EPOCH);
    private final PlayedServer server = PlayedServer.open();

    @BeforeEach
    void vectors() {
        RealVectors.require();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "evidence/sgx/v3-dcapqvl-00a067.quote.bin, sample/sgx_quote_collateral.json,"
                + " 2025-06-25T00:00:00Z, sgx, processor, 00a067110000,"
                + " CONFIGURATION_AND_SW_HARDENING_NEEDED",
        "evidence/tdx/v4-dcapqvl-b0c06f.quote.bin, sample/tdx_quote_collateral.json,"
                + " 2025-06-25T00:00:00Z, tdx, platform, b0c06f000000, UP_TO_DATE",
        "evidence/tdx/v4-phala-20a06f.quote.bin,"
                + " tests/near/contracts/gas-test/tests/quote/quote_collateral.json,"
                + " 2025-09-10T00:00:00Z, tdx, platform, 20a06f000000, UP_TO_DATE"
    })
    void aRealQuoteIsJudgedByTheRealDocuments(
            String quote,
            String bundle,
            Instant at,
            String tee,
            String authority,
            String fmspc,
            TcbState state)
            throws Exception {
        clock.to(at);
        publish(RealVectors.read(DCAP + bundle), tee, authority, fmspc);
        byte[] evidence = RealVectors.read(quote);
        assertThat(judge(new DcapKind(), evidence, fetch(tee, evidence), intel(), at))
                .isInstanceOfSatisfying(
                        Appraisal.Trusted.class,
                        trusted -> assertThat(trusted.tcb()).isEqualTo(state));
        System.out.println(quote + ": accepted, " + state);
    }

    private void publish(byte[] bundle, String tee, String authority, String fmspc)
            throws MalformedException {
        Map<String, String> texts = NamedTexts.parse(bundle, Set.of()).orElseThrow();
        server.on(
                "/%s/certification/v4/tcb?fmspc=%s&update=standard".formatted(tee, fmspc),
                answer(texts, "tcbInfo", "tcb_info"),
                PlayedIntel.TCB_CHAIN,
                text(texts, "tcb_info_issuer_chain"));
        server.on(
                "/%s/certification/v4/qe/identity?update=standard".formatted(tee),
                answer(texts, "enclaveIdentity", "qe_identity"),
                PlayedIntel.QE_CHAIN,
                text(texts, "qe_identity_issuer_chain"));
        server.on(
                "/sgx/certification/v4/pckcrl?ca=%s&encoding=der".formatted(authority),
                HexFormat.of().parseHex(text(texts, "pck_crl")),
                PlayedIntel.CRL_CHAIN,
                text(texts, "pck_crl_issuer_chain"));
        server.on(PlayedIntel.ROOT_CRL, HexFormat.of().parseHex(text(texts, "root_ca_crl")));
    }

    private static byte[] answer(Map<String, String> texts, String member, String name) {
        return "{\"%s\":%s,\"signature\":\"%s\"}"
                .formatted(member, text(texts, name), text(texts, name + "_signature"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Map<String, String> texts, String name) {
        return Objects.requireNonNull(texts.get(name), name);
    }

    /** What Intel's service answered in May 2025, early and standard. */
    @ParameterizedTest
    @CsvSource({"early,sgx_tcb_info_early.json,19", "standard,sgx_tcb_info_alt.json,17"})
    void bothUpdatesOfTheRealServiceAreRead(String update, String file, int evaluation)
            throws MalformedException {
        Map<String, String> texts =
                NamedTexts.parse(
                                RealVectors.read(
                                        "collateral/teepot/crates/intel-dcap-api/tests/test_data/"
                                                + file),
                                Set.of())
                        .orElseThrow();
        Bundle bundle =
                Bundle.of(update, text(texts, "tcb_info_json").getBytes(StandardCharsets.UTF_8));
        assertThat(new DcapKind().holdings(bundle).toOptional().orElseThrow())
                .singleElement()
                .satisfies(one -> assertThat(one.evaluation()).hasValue(evaluation));
    }

    @ParameterizedTest
    @CsvSource({"milan-v2-virtee, Milan", "milan-v3-azure-v0, Milan", "milan-v3-azure-v2, Milan"})
    void aRealReportIsJudgedByTheRealCertificates(String name, String product) throws Exception {
        Instant at = Instant.parse("2025-06-01T00:00:00Z");
        clock.to(at);
        byte[] evidence = RealVectors.read("evidence/snp/" + name + ".report.bin");
        byte[] vek = RealVectors.read("evidence/snp/" + name + ".vek.der");
        byte[] chain = RealVectors.read(CHAINS + "ask_ark_milan.pem");
        server.on("/vcek/v1/%s/%s".formatted(product, address(evidence)), vek);
        server.on("/vcek/v1/%s/cert_chain".formatted(product), chain);
        server.status("/vcek/v1/%s/crl".formatted(product), 404);
        // No list of AMD's is among the vectors: what there is comes, what there is not is told.
        assertThat(failure(evidence).getMessage()).contains("/crl");
        Bundle bundle = bundle(vek, chain);
        assertThat(judge(new SnpKind(), evidence, bundle, amd(), at))
                .isInstanceOf(Appraisal.Trusted.class);
        System.out.println(name + ": accepted");
    }

    private static String address(byte[] report) {
        HexFormat hex = HexFormat.of();
        return "%s?blSPL=%d&teeSPL=%d&snpSPL=%d&ucodeSPL=%d"
                .formatted(
                        hex.formatHex(report, 0x1a0, 0x1e0),
                        report[0x180] & 0xff,
                        report[0x181] & 0xff,
                        report[0x186] & 0xff,
                        report[0x187] & 0xff);
    }

    private static Bundle bundle(byte[] vek, byte[] chain) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("vcek.der", vek);
        files.put("cert_chain_milan.pem", chain);
        return new Bundle(files);
    }

    private Exception failure(byte[] evidence) {
        try {
            throw new AssertionError(fetch("snp", evidence).files().keySet());
        } catch (IOException e) {
            return e;
        }
    }

    @Test
    void aReportThatCarriesItsKeyIsNotAskedAbout() {
        clock.to(Instant.parse("2025-06-01T00:00:00Z"));
        byte[] report = RealVectors.read("evidence/snp/genoa-v3-tsm-veraison.outblob.bin");
        byte[] table = RealVectors.read("evidence/snp/genoa-v3-tsm-veraison.auxblob.bin");
        byte[] evidence = new byte[report.length + table.length];
        System.arraycopy(report, 0, evidence, 0, report.length);
        System.arraycopy(table, 0, evidence, report.length, table.length);
        assertThat(failure(evidence)).hasMessageContaining("/vcek/v1/Genoa/");
        assertThat(server.requests()).containsExactly("/vcek/v1/Genoa/cert_chain");
    }

    @Test
    void aRealQuoteWithoutAChainNamesNothingToAsk() {
        byte[] quote = RealVectors.read("evidence/sgx/v3-oasis-eppid-certtype3.quote.bin");
        try {
            throw new AssertionError(fetch("sgx", quote).files().keySet());
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("type 3");
        }
        assertThat(server.requests()).isEmpty();
    }

    private Bundle fetch(String kind, byte[] evidence) throws IOException {
        try (VendorCollateral source =
                VendorCollateral.open(
                        VendorServices.standard()
                                .withIntel(PlayedIntel.pcs(server))
                                .withAmd(new KeyService(server.service())),
                        Optional.empty(),
                        Limits.DEFAULT,
                        clock,
                        time -> {})) {
            return source.source(Update.STANDARD, vendors()).fetch(kind, evidence);
        }
    }

    private static Set<Hash32> vendors() {
        return Stream.of(new DcapKind(), new SnpKind())
                .flatMap(kind -> kind.namedRoots().values().stream())
                .collect(Collectors.toSet());
    }

    private static Appraisal judge(
            EvidenceKind kind, byte[] evidence, Bundle bundle, AppraisalPolicy policy, Instant at) {
        Appraisal appraisal = kind.verify(evidence, bundle, policy, Optional.empty(), at);
        if (appraisal instanceof Refusal refusal) {
            assertThat(refusal.check()).isNotEqualTo(Check.COLLATERAL);
        }
        return appraisal;
    }

    private static AppraisalPolicy intel() {
        Map<TcbState, Instant> states = new EnumMap<>(TcbState.class);
        states.put(TcbState.UP_TO_DATE, END);
        states.put(TcbState.CONFIGURATION_AND_SW_HARDENING_NEEDED, END);
        Map<String, Instant> advisories = new HashMap<>();
        Stream.of("INTEL-SA-00289", "INTEL-SA-00615").forEach(one -> advisories.put(one, END));
        return new AppraisalPolicy(
                Set.copyOf(new DcapKind().namedRoots().values()),
                states,
                advisories,
                AppraisalPolicy.Debug.REFUSED);
    }

    private static AppraisalPolicy amd() {
        SnpTcb floor = new SnpTcb(0, 2, 0, 5, 68);
        return new AppraisalPolicy(
                        Set.copyOf(new SnpKind().namedRoots().values()),
                        Map.of(TcbState.UNJUDGED, END),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(
                        new SnpPolicy(
                                Map.of(
                                        SnpProduct.MILAN,
                                        new SnpPolicy.Floors(floor, floor, floor, floor)),
                                Set.of(SnpPolicy.VCEK),
                                Set.of(SnpPolicy.Permission.SMT),
                                Set.of(),
                                new SnpPolicy.Abi(0, 0),
                                1,
                                Revocation.IF_PRESENT));
    }
}
