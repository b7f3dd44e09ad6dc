package io.attestgate.verify.snp;

import static io.attestgate.verify.snp.PlayedAmd.check;
import static io.attestgate.verify.snp.PlayedAmd.trusted;
import static io.attestgate.verify.snp.SnpVectors.CHAINS;
import static io.attestgate.verify.snp.SnpVectors.EVIDENCE;
import static io.attestgate.verify.snp.SnpVectors.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.x509.Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports of real processors, each with the verdict that it must get. */
final class RealReportsTest {
    private final SnpKind kind = new SnpKind();

    @BeforeEach
    void vectors() {
        RealVectors.require();
    }

    private Appraisal judge(String report, List<String> files, Debug debug, Instant now) {
        byte[] evidence = RealVectors.read(EVIDENCE + report);
        assertThat(EvidenceKinds.recognise(evidence).map(one -> one.name())).contains("snp");
        assertThat(kind.inspect(evidence).toOptional()).isPresent();
        return kind.verify(
                evidence,
                SnpVectors.bundle(files),
                SnpVectors.policy(debug),
                Optional.empty(),
                now);
    }

    private Appraisal judge(String name, String chain, Debug debug, Instant now) {
        return judge(
                name + ".report.bin",
                List.of(EVIDENCE + name + ".vek.der", CHAINS + chain),
                debug,
                now);
    }

    @ParameterizedTest
    @CsvSource({
        "milan-v2-virtee,0x30000",
        "milan-v3-azure-v0,0x3001f",
        "milan-v3-azure-v2,0x3001f"
    })
    void aReportOfMilanIsTrusted(String name, String policy) {
        Appraisal.Trusted trusted = trusted(judge(name, "ask_ark_milan.pem", Debug.REFUSED, NOW));

        RealVectors.accepted("snp", name);
        assertThat(trusted.report().instance()).isPresent();
        assertThat(trusted.identity()).containsEntry("product", "Milan");
        assertThat(trusted.identity().get("chipId"))
                .isEqualTo(trusted.identity().get("hardwareId"));
        assertThat(
                        Report.parse(RealVectors.read(EVIDENCE + name + ".report.bin"))
                                .toOptional()
                                .map(report -> report.policy().toString()))
                .contains(policy);
    }

    @Test
    void theDebugReportIsRefusedForThat() {
        assertThat(
                        check(
                                judge(
                                        "milan-v2-debug-go-sev-guest",
                                        "ask_ark_milan.pem",
                                        Debug.REFUSED,
                                        NOW)))
                .isEqualTo(Check.DEBUG);
        RealVectors.refused("snp", "milan-v2-debug-go-sev-guest", Check.DEBUG);
        assertThat(judge("milan-v2-debug-go-sev-guest", "ask_ark_milan.pem", Debug.ACCEPTED, NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-06-01T00:00:00Z,true",
        "2024-12-09T00:00:00Z,false",
        "2025-12-12T00:00:00Z,false"
    })
    void aProvidersKeyCountsInsideItsYear(String at, boolean passes) {
        Appraisal appraisal =
                judge(
                        "milan-v3-vlek-coco",
                        "ask_ark_milan_vlek.pem",
                        Debug.REFUSED,
                        Instant.parse(at));

        if (passes) {
            Appraisal.Trusted trusted = trusted(appraisal);
            assertThat(trusted.identity())
                    .containsEntry("providerId", "CN=cc-us-east-2.amazonaws.com");
            assertThat(trusted.report().instance()).isEmpty();
            RealVectors.accepted("snp", "milan-v3-vlek-coco at " + at);
        } else {
            assertThat(check(appraisal))
                    .isEqualTo(at.startsWith("2024") ? Check.NOT_YET_VALID : Check.EXPIRED);
            RealVectors.refused("snp", "milan-v3-vlek-coco at " + at, check(appraisal));
        }
    }

    @Test
    void theHostsTableIsCollateralInAFileOrAfterTheReport() {
        String name = "genoa-v3-tsm-veraison";
        String blob = name + ".outblob.bin";
        Appraisal fromFile =
                judge(blob, List.of(EVIDENCE + name + ".auxblob.bin"), Debug.REFUSED, NOW);
        Appraisal fromPem =
                judge(
                        blob,
                        List.of(EVIDENCE + name + ".vek.pem", CHAINS + "ask_ark_genoa.pem"),
                        Debug.REFUSED,
                        NOW);
        byte[] both =
                DcapQuote.concat(
                        RealVectors.read(EVIDENCE + blob),
                        RealVectors.read(EVIDENCE + name + ".auxblob.bin"));
        Appraisal after =
                kind.verify(
                        both,
                        SnpVectors.bundle(List.of()),
                        SnpVectors.policy(Debug.REFUSED),
                        Optional.empty(),
                        NOW);

        RealVectors.accepted("snp", name + ", in three forms");
        assertThat(trusted(fromFile)).isEqualTo(fromFile);
        assertThat(trusted(fromFile).identity()).containsEntry("product", "Genoa");
        assertThat(trusted(fromPem).identity()).isEqualTo(trusted(fromFile).identity());
        assertThat(trusted(after).identity()).isEqualTo(trusted(fromFile).identity());
    }

    @Test
    void aFloorAboveTheRealTcbIsRefused() {
        SnpTcb above = new SnpTcb(0, 3, 0, 8, 116);
        String name = "milan-v2-virtee";

        assertThat(
                        check(
                                kind.verify(
                                        RealVectors.read(EVIDENCE + name + ".report.bin"),
                                        SnpVectors.bundle(
                                                List.of(
                                                        EVIDENCE + name + ".vek.der",
                                                        CHAINS + "ask_ark_milan.pem")),
                                        SnpVectors.policy(Debug.REFUSED, above, above),
                                        Optional.empty(),
                                        NOW)))
                .isEqualTo(Check.TCB_LEVEL);
    }

    @Test
    void anotherChipsKeyIsRefused() {
        assertThat(
                        check(
                                judge(
                                        "milan-v3-azure-v0.report.bin",
                                        List.of(
                                                EVIDENCE + "milan-v3-azure-v2.vek.der",
                                                CHAINS + "ask_ark_milan.pem"),
                                        Debug.REFUSED,
                                        NOW)))
                .isEqualTo(Check.COLLATERAL_MATCH);
    }

    /** No report of Turin's is among the vectors, but its key and chain are. */
    @Test
    void turinsKeyAndChainAreRead() {
        String data = "collateral/virtee-sev/tests/certs_data/";
        Collateral collateral =
                Collateral.parse(
                                SnpVectors.bundle(
                                        List.of(
                                                data + "vcek_turin.der",
                                                data + "cert_chain_turin")))
                        .toOptional()
                        .orElseThrow();
        Vek vek = collateral.veks().getFirst();

        assertThat(vek.product()).isEqualTo(SnpProduct.TURIN);
        assertThat(vek.extensions().hardwareId().orElseThrow()).hasToString("0x1e550a8ee5cf9f4d");
        assertThat(SnpTcb.of(SnpProduct.TURIN, vek.extensions().tcb()))
                .isEqualTo(new SnpTcb(0, 0, 0, 0, 9));
        assertThat(collateral.certificates().stream().map(Certificates::sha256))
                .contains(Verifier.ARK_TURIN);
    }

    @Test
    void everyPublishedChainEndsInAPinnedRoot() {
        for (String product : List.of("milan", "milan_vlek", "genoa", "genoa_vlek", "turin_vcek")) {
            List<X509Certificate> chain =
                    Certificates.parseAll(RealVectors.read(CHAINS + "ask_ark_" + product + ".pem"))
                            .toOptional()
                            .orElseThrow();

            assertThat(Verifier.NAMED_ROOTS.values())
                    .contains(Certificates.sha256(chain.getLast()));
        }
    }

    /** One of them has the chip's id in an OCTET STRING of its own. */
    @Test
    void bothSpellingsOfAChipsIdAreRead() {
        for (String name : List.of("test-vcek-invalid-legacy.der", "test-vcek-invalid-new.der")) {
            X509Certificate certificate =
                    Certificates.parse(
                                    RealVectors.read(
                                            "collateral/trustee/deps/verifier/test_data/snp/"
                                                    + name))
                            .toOptional()
                            .orElseThrow();

            assertThat(Vek.read(certificate).findFirst().orElseThrow().extensions().hardwareId())
                    .hasValueSatisfying(id -> assertThat(id.toString()).startsWith("0x000102"));
        }
    }
}
