package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AMD's reports in files, under a root of our own that the policy pins. */
final class SnpEvidenceCommandTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final SnpPki PKI = SnpPki.at("Turin", NOW);
    private static final String TCB =
            "{\"fmc\": 1, \"bootloader\": 2, \"tee\": 3, \"snp\": 4, \"microcode\": 70}";

    @TempDir private Path folder = Path.of("");
    private Path report = Path.of("");
    private Path crl = Path.of("");
    private Path policy = Path.of("");

    @BeforeEach
    void write() throws IOException {
        SnpReport made = SnpReport.of(PKI, 5);
        SnpPki.Vek vek = made.vcek();
        made.after = SnpReport.table(PKI, vek);
        report = Files.write(folder.resolve("report.bin"), made.make(vek.keys()));
        crl = Files.write(folder.resolve("crl"), PKI.crl(PKI.validity(), List.of()));
        policy =
                Files.writeString(
                        folder.resolve("policy.json"),
                        """
                        {"roots": ["%s"], "tcbStates": {"unjudged": "2027-01-01T00:00:00Z"},
                         "advisories": {}, "debug": "refused",
                         "snp": {"floors": {"Turin": {"committed": %s, "current": %s,
                                                      "reported": %s, "launch": %s}},
                                 "keys": ["vcek"], "allowed": [], "required": [],
                                 "abi": "0.0", "vmplMax": 0, "revocation": "required"}}
                        """
                                .formatted(PKI.rootHash(), TCB, TCB, TCB, TCB));
    }

    private Ran verify() {
        return attestgate(
                "evidence",
                "verify",
                report.toString(),
                "--collateral",
                crl.toString(),
                "--at",
                NOW.toString(),
                "--policy",
                policy.toString());
    }

    @Test
    void aGoodReportIsRecognisedAndTrusted() {
        Ran ran = verify();

        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out())
                .startsWith("TRUSTED: AMD SEV-SNP report, snp\n")
                .contains("unjudged", "hardwareId", "NOT CHECKED");
    }

    @Test
    void aReportThatWasChangedEndsWithStatus1() throws IOException {
        byte[] bytes = Files.readAllBytes(report);
        bytes[SnpReport.MEASUREMENT] ^= 1;
        Files.write(report, bytes);

        Ran ran = verify();

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).startsWith("REFUSED: AMD SEV-SNP report, SIGNATURE\n");
    }

    @Test
    void withoutAPolicyNothingOfAmdsPasses() {
        Ran ran = attestgate("evidence", "verify", report.toString(), "--at", NOW.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).startsWith("REFUSED: AMD SEV-SNP report, TCB_LEVEL\n");
    }

    @Test
    void aReportIsPrintedAsATree() {
        Ran ran = attestgate("evidence", "inspect", report.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out()).contains("Turin", "VCEK", "launchTcb", "SEV-VCEK");
    }
}
