package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.testpki.NitroDocument;
import io.attestgate.verify.testpki.NitroPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Amazon's documents in files, under a root of our own that the policy pins. */
final class NitroEvidenceCommandTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final NitroPki PKI = NitroPki.at(NOW);

    @TempDir private Path folder = Path.of("");
    private Path document = Path.of("");
    private Path base64 = Path.of("");
    private Path policy = Path.of("");

    @BeforeEach
    void write() throws IOException {
        byte[] made =
                NitroDocument.enclave(PKI, PKI.signer(NOW), NOW)
                        .put("user_data", new byte[64])
                        .make();
        document = Files.write(folder.resolve("document.cose"), made);
        base64 =
                Files.writeString(
                        folder.resolve("document.txt"), Base64.getEncoder().encodeToString(made));
        policy =
                Files.writeString(
                        folder.resolve("policy.json"),
                        """
                        {"roots": ["%s"], "tcbStates": {"unjudged": "2027-01-01T00:00:00Z"},
                         "advisories": {}, "debug": "refused",
                         "nitro": {"maxAge": "5m", "revocation": "if-present", "pcrs": {}}}
                        """
                                .formatted(PKI.rootHash()));
    }

    private Ran verify(Path file, String reportData) {
        return attestgate(
                "evidence",
                "verify",
                file.toString(),
                "--at",
                NOW.plusSeconds(60).toString(),
                "--policy",
                policy.toString(),
                "--report-data",
                reportData);
    }

    @Test
    void aDocumentIsTrustedAsBytesAndAsBase64() {
        for (Path file : new Path[] {document, base64}) {
            Ran ran = verify(file, "0x" + "00".repeat(64));

            assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
            assertThat(ran.out()).contains("nitro", NitroDocument.ENCLAVE_ID);
        }
    }

    @Test
    void otherReportDataIsRefusedAndSoIsADocumentWithoutAPolicy() {
        assertThat(verify(document, "0x" + "01".repeat(64)).status()).isEqualTo(ExitStatus.FAILED);
        assertThat(
                        attestgate(
                                        "evidence",
                                        "verify",
                                        document.toString(),
                                        "--at",
                                        NOW.toString())
                                .status())
                .isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void aDocumentIsShown() {
        Ran ran = attestgate("evidence", "inspect", base64.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out()).contains("pcr08", "aws.nitro-enclaves", "not verified");
    }
}
