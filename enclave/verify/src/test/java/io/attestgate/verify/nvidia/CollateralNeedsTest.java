package io.attestgate.verify.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.testpki.NvidiaReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What evidence and manifests make their reader ask for. */
final class CollateralNeedsTest {

    @ParameterizedTest
    @CsvSource({"GH100,NV_GPU_DRIVER_GH100_590.48.01", "GB100,NV_GPU_CC_DRIVER_GB100_590.48.01"})
    void aGpuNeedsItsManifestsAndAnswersAboutItsAuthorities(String chip, String driver) {
        PlayedNvidia played = PlayedNvidia.of(chip);
        CollateralNeeds needs =
                CollateralNeeds.of(
                        NvidiaEvidence.parse(played.container()).toOptional().orElseThrow());

        assertThat(needs.manifests())
                .containsExactlyInAnyOrder(driver, "NV_GPU_VBIOS_G525_0220_886_9700D90035");
        assertThat(needs.certificates())
                .extracting(CollateralNeeds.Issued::certificate)
                .containsExactlyInAnyOrder(
                        played.device.identity().certificate(),
                        played.pki.provisioner().certificate(),
                        played.pki.product().certificate());
    }

    @Test
    void aManifestNeedsAnswersAboutItsSigners() {
        PlayedNvidia played = PlayedNvidia.hopper();
        CollateralNeeds needs =
                CollateralNeeds.ofManifest(played.driver().make(played.pki))
                        .toOptional()
                        .orElseThrow();

        assertThat(needs.certificates())
                .extracting(CollateralNeeds.Issued::certificate)
                .containsExactlyInAnyOrder(
                        played.pki.rimSigner().certificate(),
                        played.pki.rimAuthority().certificate(),
                        played.pki.rimProduct().certificate());
    }

    @Test
    void aReportAloneSaysLittle() {
        PlayedNvidia played = PlayedNvidia.hopper();
        played.report.opaque.remove(NvidiaReport.DRIVER_VERSION);
        CollateralNeeds needs =
                CollateralNeeds.of(
                        NvidiaEvidence.parse(played.signed()).toOptional().orElseThrow());

        assertThat(needs.manifests()).isEmpty();
        assertThat(needs.certificates()).isEmpty();
    }
}
