package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.verify.RealVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an auditor does first: three pieces of each kind, by real hardware, under one policy. */
@RequiresPeer("vectors")
final class EvidenceOfHardwareTest {
    /** The key that the generic quote is by, which no vendor vouches for. */
    private static final String KEY =
            "spki:0xa517f03ffdaee469aef1a19569547e330726335d0461c3ef6383409c6295679e";

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource({
        // Intel DCAP
        "tdx/v4-dcapqvl-b0c06f.quote.bin, dcap-qvl/sample/tdx_quote_collateral.json,"
                + " 2025-07-01T00:00:00Z, TRUSTED",
        "tdx/v4-phala-20a06f.quote.bin,"
                + " dcap-qvl/tests/near/contracts/gas-test/tests/quote/quote_collateral.json,"
                + " 2025-09-15T00:00:00Z, TRUSTED",
        "sgx/v3-dcapqvl-00a067.quote.bin, dcap-qvl/sample/sgx_quote_collateral.json,"
                + " 2025-07-01T00:00:00Z, TCB_STATE",
        // AMD SEV-SNP
        "snp/milan-v2-virtee.report.bin,"
                + " @snp/milan-v2-virtee.vek.der go-sev-guest/verify/trust/ask_ark_milan.pem,"
                + " 2025-06-01T00:00:00Z, TRUSTED",
        "snp/milan-v3-azure-v2.report.bin,"
                + " @snp/milan-v3-azure-v2.vek.der go-sev-guest/verify/trust/ask_ark_milan.pem,"
                + " 2025-06-01T00:00:00Z, TRUSTED",
        "snp/milan-v2-debug-go-sev-guest.report.bin, @snp/milan-v2-debug-go-sev-guest.vek.der"
                + " go-sev-guest/verify/trust/ask_ark_milan.pem, 2025-06-01T00:00:00Z, DEBUG",
        // TPM 2.0
        "tpm/generic-coco.tpms_attest.bin, @tpm/generic-coco.ak.spki.der"
                + " @tpm/generic-coco.pcrs.json @tpm/generic-coco.tpmt_signature.bin,"
                + " 2026-06-01T12:00:00Z, TRUSTED",
        "tpm/milan-v3-azure-v0.tpms_attest.bin, @tpm/milan-v3-azure-v0.hcl-runtime-vardata.json"
                + " @tpm/milan-v3-azure-v0.pcrs.json @tpm/milan-v3-azure-v0.rsassa-sha256.sig"
                + " @snp/milan-v3-azure-v0.report.bin @snp/milan-v3-azure-v0.vek.der"
                + " go-sev-guest/verify/trust/ask_ark_milan.pem, 2026-06-01T12:00:00Z, TRUSTED",
        "tpm/generic-coco.tpms_attest.bin, @tpm/generic-coco.ak.spki.der"
                + " @tpm/milan-v3-azure-v0.pcrs.json @tpm/generic-coco.tpmt_signature.bin,"
                + " 2026-06-01T12:00:00Z, PCRS",
        // AWS Nitro
        "nitro/dstack-nsm-2025.cose, '', 2025-12-25T13:16:00Z, TRUSTED",
        "nitro/evervault-2023.cose, '', 2023-09-18T15:04:00Z, DEBUG",
        "nitro/dstack-nsm-2025.cose, '', 2025-12-25T13:21:00Z, EXPIRED",
        // NVIDIA
        "nvidia/gh100-550.90.07-with-rims.spdm.bin, @nvidia/gh100-550.90.07-with-rims.chain.pem"
                + " go-nvattest-tools/testing/testdata/rim/NV_GPU_DRIVER_GH100_550.90.07.xml"
                + " go-nvattest-tools/testing/testdata/rim/"
                + "NV_GPU_VBIOS_1010_0200_882_96009F0001.xml,"
                + " 2025-08-21T12:00:00Z, TRUSTED",
        "nvidia/gh100-badsig.spdm.bin, @nvidia/gh100-badsig.chain.pem, 2025-08-21T12:00:00Z,"
                + " SIGNATURE",
        "nvidia/gh100-certhold.spdm.bin, @nvidia/gh100-certhold.chain.pem, 2025-08-21T12:00:00Z,"
                + " COLLATERAL"
    })
    void theCommandSaysWhatItMustOf(String evidence, String collateral, String at, String verdict)
            throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.json"), policy());
        Path file = copy("evidence/" + evidence);
        List<String> arguments =
                new ArrayList<>(List.of("evidence", "verify", file.toString(), "--at", at));
        arguments.addAll(List.of("--policy", policy.toString()));
        for (String part : collateral.split(" ", -1)) {
            if (!part.isEmpty()) {
                arguments.add("--collateral");
                arguments.add(copy(path(part)).toString());
            }
        }

        Ran inspected = attestgate("evidence", "inspect", file.toString());
        Ran ran = attestgate(arguments.toArray(String[]::new));

        assertThat(inspected.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(inspected.out().lines().count()).isGreaterThan(9);
        String first = ran.out().lines().findFirst().orElse(ran.err());
        if (verdict.equals("TRUSTED")) {
            assertThat(ran.status()).describedAs(ran.out()).isEqualTo(ExitStatus.GOOD);
            assertThat(first).startsWith("TRUSTED: ");
        } else {
            assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(first).startsWith("REFUSED: ").endsWith(", " + verdict);
        }
    }

    /** That of docs/examples, where one begins, and a key of one's own. */
    private static String policy() throws IOException {
        Path example =
                Path.of(System.getProperty("attestgate.root", ".."))
                        .resolve("docs/examples/appraisal.json");
        String written = Files.readString(example);
        String theirs = "\"keys\": [\"hardware\"]";
        assertThat(written).containsOnlyOnce(theirs);
        return written.replace(theirs, "\"keys\": [\"hardware\", \"" + KEY + "\"]");
    }

    private static String path(String part) {
        return part.startsWith("@") ? "evidence/" + part.substring(1) : "collateral/" + part;
    }

    private Path copy(String vector) throws IOException {
        return Files.write(
                folder.resolve(vector.substring(vector.lastIndexOf('/') + 1)),
                RealVectors.read(vector));
    }
}
