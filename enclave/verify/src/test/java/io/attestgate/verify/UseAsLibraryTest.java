package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines that docs/evidence.md shows to programmers compile and run. */
final class UseAsLibraryTest {
    private static final Path ROOT = Path.of(System.getProperty("attestgate.root", "../.."));
    private static final String COLLATERAL = "collateral/dcap-qvl/sample/tdx_quote_collateral.json";

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "2025-07-01T00:00:00Z, true, trusted until 2025-07-19T10:00:35Z",
        "2025-07-01T00:00:00Z, false, refused by REPORT_DATA",
        "2026-07-01T00:00:00Z, true, refused by EXPIRED: revocation list"
    })
    void evidenceIsReadAndJudgedInAFewLines(String at, boolean isOurs, String expected)
            throws IOException {
        RealVectors.require();
        byte[] quote = RealVectors.read("evidence/tdx/v4-dcapqvl-b0c06f.quote.bin");
        Path evidence = Files.write(folder.resolve("quote.bin"), quote);
        Path collateral =
                Files.write(folder.resolve("collateral.json"), RealVectors.read(COLLATERAL));
        Path policy = ROOT.resolve("docs/examples/appraisal.json");
        byte[] reportData = isOurs ? reportData(quote) : new byte[64];

        assertThat(judge(evidence, collateral, policy, reportData, Instant.parse(at)))
                .startsWith(expected);
    }

    // What docs/evidence.md shows begins here.
    String judge(Path file, Path collateral, Path policyFile, byte[] reportData, Instant now)
            throws IOException {
        byte[] evidence = Files.readAllBytes(file);
        AppraisalPolicy policy =
                EvidenceKinds.policy(Files.readAllBytes(policyFile)).toOptional().orElseThrow();
        Bundle published = Bundle.read(collateral).toOptional().orElseThrow();
        Optional<Octets> mustCarry = Optional.of(Octets.of(reportData));
        return switch (EvidenceKinds.verify(evidence, published, policy, mustCarry, now)) {
            case Appraisal.Trusted trusted -> "trusted until " + trusted.expiry();
            case Refusal refused -> "refused by " + refused.check() + ": " + refused.found();
        };
    }

    // And ends here.

    @Test
    void thePageShowsTheseLines() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/evidence.md"));
        String source =
                Files.readString(
                        ROOT.resolve(
                                "enclave/verify/src/test/java/io/attestgate/verify/UseAsLibraryTest.java"));

        assertThat(between(page, "```java\n", "```"))
                .isEqualTo(
                        between(source, "begins here.\n", "    // And ends here.")
                                .stripTrailing()
                                .stripIndent()
                                .concat("\n"));
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    /** TDREPORT's REPORTDATA, the last 64 bytes of the body that begins at 48 (Intel DCAP, v4). */
    private static byte[] reportData(byte[] quote) {
        return Arrays.copyOfRange(quote, 48 + 520, 48 + 584);
    }
}
