package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.testpki.NvidiaPki;
import io.attestgate.verify.testpki.NvidiaReport;
import io.attestgate.verify.testpki.NvidiaRim;
import io.attestgate.verify.testpki.SnpPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GPU's report in a file, its chain and manifests in a folder, under roots of our own. */
final class NvidiaEvidenceCommandTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final NvidiaPki PKI = NvidiaPki.at("GB100", NOW);
    private static final byte[] FWID = new byte[48];
    private static final String NONCE = "0x" + "00".repeat(32);

    @TempDir private Path folder = Path.of("");
    private Path report = Path.of("");
    private Path collateral = Path.of("");
    private Path policy = Path.of("");

    @BeforeEach
    void write() throws IOException {
        NvidiaPki.Device device = PKI.device(1, FWID, 0);
        NvidiaReport made = NvidiaReport.of(FWID, new byte[32]);
        report =
                Files.write(
                        folder.resolve("report.spdm.bin"),
                        made.make(device.key().keys().getPrivate()));
        collateral = Files.createDirectory(folder.resolve("collateral"));
        Files.write(
                collateral.resolve("chain.pem"),
                SnpPki.pem(PKI.chain(device).toArray(X509Certificate[]::new)));
        Files.write(
                collateral.resolve("driver.xml"),
                new NvidiaRim("GB100", NvidiaReport.DRIVER).of(13, 40).make(PKI));
        Files.write(
                collateral.resolve("vbios.xml"),
                new NvidiaRim("GB100", NvidiaReport.VBIOS).of(0, 12).make(PKI));
        policy =
                Files.writeString(
                        folder.resolve("policy.json"),
                        """
                        {"roots": ["DEVICE", "RIM"],
                         "tcbStates": {"unjudged": "2027-01-01T00:00:00Z"},
                         "advisories": {}, "debug": "refused",
                         "nvidia": {"deviceRoots": ["DEVICE"], "rimRoots": ["RIM"],
                                    "chips": ["GB100"], "modes": ["spt"], "count": 1,
                                    "fwid": "required", "ocsp": "if-present",
                                    "drivers": {"590": "590.48.01"},
                                    "vbios": {"G525_0220_886": "97.00.D9.00.35"}}}
                        """
                                .replace("DEVICE", PKI.deviceRoot().hash().toString())
                                .replace("RIM", PKI.rimRoot().hash().toString()));
    }

    private Ran verify(String nonce) {
        return attestgate(
                "evidence",
                "verify",
                report.toString(),
                "--collateral",
                collateral.toString(),
                "--at",
                NOW.toString(),
                "--policy",
                policy.toString(),
                "--report-data",
                nonce);
    }

    @Test
    void aGoodReportIsRecognisedAndTrusted() {
        Ran ran = verify(NONCE);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out())
                .startsWith("TRUSTED: NVIDIA GPU attestation, nvidia\n")
                .contains("measured driver", "GB100", "590.48.01", "97.00.D9.00.35");
    }

    @Test
    void anotherNonceIsRefused() {
        Ran ran = verify("0x" + "01".repeat(32));

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).startsWith("REFUSED: NVIDIA GPU attestation, REPORT_DATA\n");
    }

    @Test
    void whatAReportSaysIsShown() {
        Ran ran = attestgate("evidence", "inspect", report.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out())
                .startsWith("NVIDIA GPU attestation, not verified\n")
                .contains("driver: 590.48.01", "mode: spt", "board: G525_0220_886");
    }
}
