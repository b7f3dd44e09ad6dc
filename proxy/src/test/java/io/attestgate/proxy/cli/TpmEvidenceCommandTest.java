package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.testpki.AzureForm;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.wire.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TPMs' quotes in files: our JSON, and the bare form with its parts beside it. */
final class TpmEvidenceCommandTest {
    private static final String AT = "2026-06-01T12:00:00Z";

    private final TpmQuote quote = TpmQuote.of(TpmKey.attesting());
    @TempDir private Path folder = Path.of("");
    private Path json = Path.of("");
    private Path bare = Path.of("");
    private Path parts = Path.of("");
    private Path more = Path.of("");
    private Path policy = Path.of("");

    @BeforeEach
    void write() throws IOException {
        quote.extraData = "challenge".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        json = Files.write(folder.resolve("quote.json"), quote.evidence());
        parts = Files.createDirectory(folder.resolve("parts"));
        more = Files.createDirectory(folder.resolve("more"));
        bare = Files.write(parts.resolve("x.tpms_attest.bin"), quote.attest());
        Files.write(parts.resolve("x.tpmt_signature.bin"), quote.key.sign(quote.attest()));
        Files.write(parts.resolve("x.ak.tpmt_public.bin"), quote.key.area());
        Files.writeString(more.resolve("x.pcrs.json"), pcrs());
        policy =
                Files.writeString(
                        folder.resolve("policy.json"),
                        """
                        {"roots": ["google-ek-ak"], "tcbStates": {"unjudged": "2027-01-01T00:00:00Z"},
                         "advisories": {}, "debug": "refused",
                         "tpm": {"keys": ["name:%s"], "activated": {},
                                 "pcrs": {"bank": "sha256", "selection": [0, 1, 4, 7], "values": {}},
                                 "clock": {"safe": "any", "resetCount": 7, "restartCount": "any"},
                                 "firmwareVersions": "any", "replayed": [],
                                 "revocation": "if-present"}}
                        """
                                .formatted(Hex.write(quote.key.name())));
    }

    private String pcrs() {
        List<String> values = new ArrayList<>();
        for (int pcr = 0; pcr < 24; pcr++) {
            byte[] value = quote.values.getOrDefault(pcr, new byte[32]);
            values.add('"' + HexFormat.of().formatHex(value) + '"');
        }
        return "[" + String.join(", ", values) + "]";
    }

    private Ran verify(Path file, String... arguments) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "evidence",
                                "verify",
                                file.toString(),
                                "--at",
                                AT,
                                "--policy",
                                policy.toString()));
        all.addAll(List.of(arguments));
        return attestgate(all.toArray(String[]::new));
    }

    @Test
    void nobodyPublishesAnythingAboutATpmByItselfAndNothingIsWritten() {
        Path out = folder.resolve("bundle");
        Ran ran = attestgate("evidence", "collateral", json.toString(), "--out", out.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: evidence: TPM 2.0 quote (expected: ");
        assertThat(out).doesNotExist();
    }

    @Test
    void ourJsonIsTrusted() {
        Ran ran = verify(json);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out())
                .startsWith("TRUSTED: TPM 2.0 quote, tpm\n")
                .contains("akName", "pcr07", "NOT CHECKED", "root         none: the reader");
    }

    @Test
    void aBareQuoteFindsItsPartsInSeveralFolders() {
        Ran both = verify(bare, "--collateral", parts.toString(), "--collateral", more.toString());
        Ran one = verify(bare, "--collateral", parts.toString());

        assertThat(both.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(one.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(one.out()).startsWith("REFUSED: TPM 2.0 quote, PCRS\n");
    }

    @Test
    void oneNameWithTwoContentsIsAFault() throws IOException {
        Files.write(more.resolve("x.tpmt_signature.bin"), new byte[1]);

        Ran ran = verify(bare, "--collateral", parts.toString(), "--collateral", more.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).contains("x.tpmt_signature.bin");
    }

    @Test
    void aNonceOfAnothersRuleIsComparedAsItIs() {
        Ran good = verify(json, "--extra-data", "0x6368616c6c656e6765");
        Ran bad = verify(json, "--extra-data", "0x00");
        Ran ours = verify(json, "--report-data", "0x6368616c6c656e6765");

        assertThat(good.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(good.out()).contains("as asked for");
        assertThat(bad.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(bad.out()).startsWith("REFUSED: TPM 2.0 quote, REPORT_DATA\n");
        assertThat(ours.out()).startsWith("REFUSED: TPM 2.0 quote, REPORT_DATA\n");
    }

    @Test
    void withoutAPolicyNoQuotePasses() {
        Ran ran = attestgate("evidence", "verify", json.toString(), "--at", AT);

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).startsWith("REFUSED: TPM 2.0 quote, PLATFORM\n");
    }

    @Test
    void everyFormIsShown() throws IOException {
        byte[] runtime = AzureForm.runtime(quote.key.keys.getPublic());
        Path hcl =
                Files.write(
                        folder.resolve("hcl.bin"),
                        AzureForm.hcl(AzureForm.SNP, new byte[1184], runtime));

        for (Path file : List.of(json, bare, hcl)) {
            Ran ran = attestgate("evidence", "inspect", file.toString());
            assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
            assertThat(ran.out()).startsWith("TPM 2.0 quote, not verified\n");
        }
    }
}
