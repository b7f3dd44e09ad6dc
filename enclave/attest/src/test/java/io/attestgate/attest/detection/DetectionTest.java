package io.attestgate.attest.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attestgate.attest.Platforms;
import io.attestgate.attest.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DetectionTest {
    @TempDir private Path root;

    private Detection machine(String... paths) throws IOException {
        for (String path : paths) {
            Path file = root.resolve(path.substring(1));
            Path folder = Files.createDirectories(file.resolve("..").normalize());
            assertThat(folder).isDirectory();
            assertThat(Files.createFile(file)).exists();
        }
        return Detection.in(root);
    }

    private static List<String> names(Detection machine) {
        return machine.present().stream().map(Finding::platform).toList();
    }

    private static void refuses(Detection machine, String platform, LesserPlatform lesser) {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> machine.require(platform, lesser));
    }

    private static void accepts(Detection machine, String platform, LesserPlatform lesser) {
        assertThatCode(() -> machine.require(platform, lesser)).doesNotThrowAnyException();
    }

    @Test
    void anyMachineCanSimulate() throws IOException {
        assertThat(names(machine())).containsExactly("simulated");
        accepts(machine(), "simulated", LesserPlatform.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/attestation/quote, sgx",
        "/dev/tdx_guest, tdx",
        "/dev/tdx-guest, tdx",
        "/dev/sev-guest, snp",
        "/var/run/dstack.sock, dstack",
        "/var/run/tappd.sock, dstack",
        "/dev/nsm, nitro",
        "/dev/tpmrm0, tpm",
        "/dev/tpm0, tpm"
    })
    void eachPlatformIsFoundByItsFileAndIsBetterThanASimulatedOne(String path, String platform)
            throws IOException {
        Detection machine = machine(path);

        assertThat(names(machine)).containsExactly(platform, "simulated");
        accepts(machine, platform, LesserPlatform.REFUSED);
        refuses(machine, "simulated", LesserPlatform.REFUSED);
        accepts(machine, "simulated", LesserPlatform.ACCEPTED);
    }

    @Test
    void aPlatformThatIsNotThereIsRefusedAlsoWhereALesserOneIsAccepted() throws IOException {
        Detection machine = machine("/dev/tpmrm0");

        refuses(machine, "tdx", LesserPlatform.REFUSED);
        refuses(machine, "tdx", LesserPlatform.ACCEPTED);
    }

    @Test
    void aVirtualTpmBesideATrustDomainIsTheLesserOne() throws IOException {
        Detection machine = machine("/dev/tpmrm0", "/dev/tdx_guest");

        assertThat(names(machine)).containsExactly("tdx", "tpm", "simulated");
        accepts(machine, "tdx", LesserPlatform.REFUSED);
        refuses(machine, "tpm", LesserPlatform.REFUSED);
        accepts(machine, "tpm", LesserPlatform.ACCEPTED);
    }

    @Test
    void aDeviceThatTheBootstrapFileNamesIsTheOneThatIsLookedFor() throws IOException {
        Path second = Path.of("/dev/tpmrm1");

        accepts(machine("/dev/tpmrm1").with("tpm", second), "tpm", LesserPlatform.REFUSED);
        refuses(machine().with("tpm", Path.of("/dev/tpmrm2")), "tpm", LesserPlatform.REFUSED);
        assertThat(machine().with("tpm", second).present())
                .extracting(Finding::toString)
                .containsExactly("tpm (/dev/tpmrm1)", "simulated");
    }

    @Test
    void configfsWithoutADeviceFileMayBeEitherOfItsDrivers() throws IOException {
        Path folder = Files.createDirectories(root.resolve("sys/kernel/config/tsm/report"));
        assertThat(folder).isDirectory();

        assertThat(names(machine())).containsExactly("tdx", "snp", "simulated");
        refuses(machine(), "simulated", LesserPlatform.REFUSED);
        assertThat(names(machine("/dev/sev-guest"))).containsExactly("snp", "simulated");
    }

    @Test
    void whatIsFoundIsNamedByItsPath() throws IOException {
        assertThat(machine("/dev/nsm").present())
                .extracting(Finding::toString)
                .containsExactly("nitro (/dev/nsm)", "simulated");
    }

    @Test
    void everyPlatformOfThisReleaseCanBeLookedFor() {
        List<String> known = Detection.in(root).findings().stream().map(Finding::platform).toList();
        assertThat(known).containsSubsequence(Platforms.names());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Detection.in(root).require("elsewhere", LesserPlatform.ACCEPTED));
    }
}
