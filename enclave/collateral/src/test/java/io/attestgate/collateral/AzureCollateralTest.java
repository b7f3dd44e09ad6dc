package io.attestgate.collateral;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.collateral.amd.KeyService;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.Limits;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.testpki.AzureForm;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.verify.x509.Certificates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A TPM's evidence is served with what the processor below it needs. */
final class AzureCollateralTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final SnpPki AMD = SnpPki.at("Milan", NOW);
    private static final DcapPki INTEL = DcapPki.at(NOW);

    private final MovedClock clock = new MovedClock(NOW);
    private final PlayedServer server = PlayedServer.open();
    private final VendorCollateral vendors =
            VendorCollateral.open(
                    VendorServices.standard()
                            .withIntel(PlayedIntel.pcs(server))
                            .withAmd(new KeyService(server.service())),
                    Optional.empty(),
                    Limits.DEFAULT,
                    clock,
                    time -> {});
    private final CollateralSource source =
            vendors.source(Update.STANDARD, Set.of(AMD.rootHash(), INTEL.rootHash()));
    private final TpmQuote quote = TpmQuote.of(TpmKey.attesting());
    private final byte[] runtime = AzureForm.runtime(quote.key.keys.getPublic());

    @AfterEach
    void close() {
        vendors.close();
        server.close();
    }

    private byte[] above(byte[] hardware) {
        quote.azure = AzureForm.evidence(TpmQuote.NONE, hardware, runtime);
        return quote.evidence();
    }

    @Test
    void aTpmAboveAmdsProcessorIsServedByAmdsService() throws Exception {
        SnpReport report =
                SnpReport.of(AMD, 3).put(SnpReport.REPORT_DATA, AzureForm.reportData(runtime));
        SnpPki.Vek vek = report.vcek();
        server.on("/vcek/v1/Milan/cert_chain", SnpPki.pem(AMD.ask(), AMD.ark()));
        server.on("/vcek/v1/Milan/crl", AMD.crl(AMD.validity(), List.of()));
        server.on(
                "/vcek/v1/Milan/" + "07".repeat(64) + "?blSPL=2&teeSPL=3&snpSPL=4&ucodeSPL=209",
                Certificates.der(vek.certificate()));
        byte[] evidence = above(report.make(vek.keys()));

        for (String kind : new String[] {"azure-snp", "tpm"}) {
            assertThat(source.serves(kind)).isTrue();
            assertThat(source.fetch(kind, evidence).files().keySet())
                    .containsExactly("cert_chain_milan.pem", "crl_milan.der", "vcek.der");
        }
    }

    @Test
    void aTpmAboveADomainOfIntelsIsServedByIntelsService() throws Exception {
        PlayedIntel.publish(server, DcapCollateral.upToDate(INTEL, NOW), "standard");
        byte[] evidence = above(DcapQuote.of(INTEL, 4, DcapQuote.TD_1_0).make());

        assertThat(source.serves("azure-tdx")).isTrue();
        assertThat(source.fetch("azure-tdx", evidence).files())
                .hasSize(7)
                .containsKeys("tcb_info.json", "root_ca_crl.der");
    }

    @Test
    void aTpmOfItsOwnNeedsNobody() throws Exception {
        assertThat(source.fetch("tpm", quote.evidence())).isEqualTo(Bundle.empty());
        assertThat(source.fetch("tpm", new byte[] {1, 2, 3})).isEqualTo(Bundle.empty());
        assertThat(source.fetch("azure-snp", above(new byte[9]))).isEqualTo(Bundle.empty());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aProcessorThatItsServiceDoesNotKnowIsAbsent() {
        SnpReport report = SnpReport.of(AMD, 3);
        byte[] evidence = above(report.make(report.vcek().keys()));

        assertThat(failure(evidence)).isEqualTo(FetchException.Kind.ABSENT);
    }

    private FetchException.Kind failure(byte[] evidence) {
        try {
            throw new AssertionError(
                    vendors.fetch("azure-snp", evidence, Update.STANDARD).files().keySet());
        } catch (FetchException e) {
            return e.kind();
        }
    }
}
