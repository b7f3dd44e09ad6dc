package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.eventlog.DstackLog;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.wire.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence in files, under a root of our own that the policy pins. */
final class EvidenceCommandTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final DcapPki PKI = DcapPki.at(NOW);

    /** In the body of a TDX quote (TDX 1.0, A.3.2). */
    private static final int RTMR0 = 328;

    private static final int RTMR3 = RTMR0 + 3 * 48;

    @TempDir private Path folder = Path.of("");
    private Path quote = Path.of("");
    private Path collateral = Path.of("");
    private Path policy = Path.of("");

    @BeforeEach
    void write() throws IOException {
        quote = Files.write(folder.resolve("quote.bin"), td().make());
        collateral = Files.createDirectory(folder.resolve("collateral"));
        for (Map.Entry<String, byte[]> file :
                DcapCollateral.upToDate(PKI, NOW).files().entrySet()) {
            Files.write(collateral.resolve(file.getKey()), file.getValue());
        }
        policy =
                Files.writeString(
                        folder.resolve("policy.json"),
                        """
                        {"roots": ["%s"], "tcbStates": {"up-to-date": "2027-01-01T00:00:00Z"},
                         "advisories": {}, "debug": "refused"}
                        """
                                .formatted(PKI.rootHash()));
    }

    private static DcapQuote td() {
        return DcapQuote.of(PKI, 4, DcapQuote.TD_1_0);
    }

    private Ran verify(String... more) {
        String[] arguments = {
            "evidence",
            "verify",
            quote.toString(),
            "--collateral",
            collateral.toString(),
            "--at",
            NOW.toString(),
            "--policy",
            policy.toString()
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return attestgate(all);
    }

    @Test
    void aGoodQuoteEndsWithStatus0AndSaysWhatWasNotChecked() {
        Ran ran = verify();

        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out())
                .startsWith("TRUSTED: Intel DCAP quote, tdx\n")
                .contains("tcb          up-to-date\n", "report data  NOT CHECKED\n", "mrTd");
    }

    @Test
    void aProgramReadsTheVerdict() {
        Ran good = verify("--json", "--report-data", "00".repeat(64));
        Ran bad = verify("--json", "--report-data", "0x" + "01".repeat(64));

        assertThat(good.out())
                .contains("\"verdict\":\"trusted\"", "\"reportDataChecked\":true")
                .endsWith("}\n");
        assertThat(good.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(bad.out()).contains("\"verdict\":\"refused\"", "\"check\":\"REPORT_DATA\"");
        assertThat(bad.status()).isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void withoutAPolicyOnlyIntelsRootCounts() {
        Ran ran =
                attestgate(
                        "evidence",
                        "verify",
                        quote.toString(),
                        "--collateral",
                        collateral.toString(),
                        "--at",
                        NOW.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).startsWith("REFUSED: Intel DCAP quote, ROOT\n").contains("clause");
    }

    @Test
    void withoutCollateralNothingIsTrusted() {
        Ran ran =
                attestgate(
                        "evidence",
                        "verify",
                        quote.toString(),
                        "--policy",
                        policy.toString(),
                        "--at",
                        NOW.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).startsWith("REFUSED: Intel DCAP quote, COLLATERAL\n");
    }

    @Test
    void anInstantMustBeGiven() {
        Ran absent = attestgate("evidence", "verify", quote.toString());
        Ran wrong = attestgate("evidence", "verify", quote.toString(), "--at", "today");

        assertThat(absent.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(absent.err())
                .startsWith("attestgate: --at: absent (expected: an instant such as");
        assertThat(wrong.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(wrong.err()).contains("--at: \"today\" (expected: an instant");
    }

    @Test
    void aQuoteIsShownAsATreeFromBytesOrDigits() throws IOException {
        Path digits =
                Files.writeString(
                        folder.resolve("quote.hex"),
                        "0x" + HexFormat.of().formatHex(td().make()) + "\n");

        Ran bytes = attestgate("evidence", "inspect", quote.toString());
        Ran hex = attestgate("evidence", "inspect", digits.toString());
        Ran json = attestgate("evidence", "inspect", "--json", quote.toString());

        assertThat(bytes.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(bytes.out())
                .startsWith("Intel DCAP quote, not verified\n")
                .contains("    tee: tdx\n", "fmspc: 0x000102030405\n", "certificates 1\n");
        assertThat(hex.out()).startsWith("Intel DCAP quote, not verified\n");
        assertThat(json.out()).startsWith("{\"attestationKey\":\"0x").endsWith("}\n");
    }

    @Test
    void whatIsNoEvidenceOrIsBrokenEndsWithStatus1() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "{}");
        Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(td().make(), 100));

        assertThat(attestgate("evidence", "inspect", other.toString()).err())
                .startsWith("attestgate: FILE: \"" + other + "\", 2 bytes (expected: Intel DCAP");
        Ran ran = attestgate("evidence", "inspect", cut.toString());
        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: FILE " + cut + ": TD report: 52 bytes left");
        assertThat(attestgate("evidence", "verify", cut.toString(), "--at", NOW.toString()).out())
                .startsWith("REFUSED: Intel DCAP quote, REPORT\n");
    }

    @Test
    void aFaultOfThePolicyIsExplained() throws IOException {
        Files.writeString(policy, "{}");

        Ran ran = verify();

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err())
                .startsWith(
                        "attestgate: --policy " + policy + ": $: missing \"advisories\", missing");
    }

    @Test
    void aProgramReadsWhyThereIsNoVerdict() throws IOException {
        Files.writeString(policy, "{}");

        Ran ran = verify("--json");

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).startsWith("{\"failed\":[\"--policy ").endsWith("\"]}\n");
    }

    @Test
    void aVerdictSaysOnWhatItIsAndWhen() throws IOException {
        String digest = HexFormat.of().formatHex(Digests.sha256(Files.readAllBytes(quote)));

        assertThat(verify("--json").out())
                .contains("\"at\":\"2026-06-01T12:00:00Z\"", "\"sha256\":\"0x" + digest + "\"");
    }

    @Test
    void reportDataOfASizeThatNoReportHasIsWrongUse() {
        Ran ran = verify("--report-data", "00");

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.err())
                .startsWith("attestgate: --report-data: 1 bytes (expected: 64, as every Intel");
    }

    @Test
    void whomToAskWithoutAskingIsWrongUse() {
        Ran ran = verify("--pcs", "https://localhost:1");

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.err()).startsWith("attestgate: --fetch: absent (expected: with options");
    }

    @Test
    void aReportIsNotTheWordOfSeveralVendors() throws IOException {
        Files.writeString(
                policy,
                """
                {"roots": ["%s"], "tcbStates": {"up-to-date": "2027-01-01T00:00:00Z"},
                 "advisories": {}, "debug": "refused",
                 "evidence": {"require": [{"kind": "tdx", "roots": ["%1$s"]},
                                          {"kind": "snp", "roots": ["amd-milan"]}],
                              "atLeast": 2}}
                """
                        .formatted(PKI.rootHash()));

        Ran ran = verify();

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).startsWith("REFUSED: Intel DCAP quote, REQUIREMENT\n");
    }

    @Test
    void aPlatformThatCanBeLookedIntoIsNeverTrustedWithoutAWord() throws IOException {
        DcapQuote debug = td();
        debug.body[DcapQuote.TD_ATTRIBUTES] = 0x01;
        Files.write(quote, debug.make());

        assertThat(verify().out()).startsWith("REFUSED: Intel DCAP quote, DEBUG\n");
        String accepting = Files.readString(policy).replace("\"refused\"", "\"accepted\"");
        Files.writeString(policy, accepting);
        assertThat(verify().out())
                .startsWith("TRUSTED: ")
                .contains("rests on     whoever has the machine, since debug is on");
    }

    @Test
    void aLogBesideAQuoteMustReplayToItsRegisters() throws IOException {
        String event =
                """
                [{"imr":3,"event_type":134217729,"event":"%s","event_payload":"01","digest":""}]
                """;
        Path log = Files.writeString(folder.resolve("log.json"), event.formatted("app-id"));
        Path other = Files.writeString(folder.resolve("other.json"), event.formatted("os"));
        Path cut = Files.write(folder.resolve("ccel.bin"), new byte[3]);
        DcapQuote logged = td();
        byte[] rtmr3 =
                DstackLog.parse(Files.readAllBytes(log))
                        .toOptional()
                        .orElseThrow()
                        .replay(3)
                        .bytes();
        System.arraycopy(rtmr3, 0, logged.body, RTMR3, rtmr3.length);
        Files.write(quote, logged.make());

        Ran good = verify("--event-log", log.toString());
        Ran bad = verify("--event-log", other.toString());
        Ran json = verify("--json", "--event-log", log.toString());

        assertThat(good.out()).startsWith("TRUSTED: ").contains("event log    replays to the");
        assertThat(json.out()).contains("\"eventLogReplayed\":true");
        assertThat(bad.out()).startsWith("REFUSED: Intel DCAP quote, EVENT_LOG\n");
        assertThat(bad.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(verify("--event-log", cut.toString()).out())
                .startsWith("REFUSED: Intel DCAP quote, EVENT_LOG\n");
        Files.write(quote, DcapQuote.of(PKI, 3, DcapQuote.SGX).make());
        assertThat(verify("--event-log", log.toString()).status()).isEqualTo(ExitStatus.WRONG_USE);
    }

    @Test
    void aRealFirmwaresLogIsThatOfTheDomainThatItStarted() throws IOException {
        RealVectors.require();
        String ccel = "collateral/go-tdx-guest/testing/testdata/ccel/";
        byte[] real = RealVectors.read(ccel + "cos-113-tdx-quote.dat");
        Path log =
                Files.write(folder.resolve("ccel.bin"), RealVectors.read(ccel + "ccel_data.dat"));
        DcapQuote started = td();
        System.arraycopy(real, 48 + RTMR0, started.body, RTMR0, RTMR3 - RTMR0);
        Files.write(quote, started.make());

        assertThat(verify("--event-log", log.toString()).out())
                .startsWith("TRUSTED: ")
                .contains("event log    replays to the");
        Files.write(quote, td().make());
        assertThat(verify("--event-log", log.toString()).out())
                .startsWith("REFUSED: Intel DCAP quote, EVENT_LOG\n");
    }

    /** A gateway's answer is a stranger's text, and a terminal obeys what is in a line. */
    @Test
    void whatAnEnvelopeSaysForgesNoLineAndMovesNoCursor() throws IOException {
        byte[] claims =
                "{\"a\\nTRUSTED: all\":\"\\u001b[2J\\u009b1A\\u202e\\u2028\"}"
                        .getBytes(StandardCharsets.UTF_8);
        Map<String, CmwRecord> members = Map.of("cpu", CmwRecord.of("tdx", new byte[] {1}));
        Path file =
                Files.write(
                        folder.resolve("envelope.json"),
                        EvidenceEnvelope.of(claims, List.of(), members).toBytes());

        Ran shown = attestgate("evidence", "inspect", file.toString());

        assertThat(shown.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(shown.out()).contains("    a?TRUSTED: all: ?[2J?1A??\n");
        assertThat(shown.out().lines()).noneMatch(line -> line.startsWith("TRUSTED"));
        assertThat(attestgate("evidence", "inspect", "--json", file.toString()).out())
                .contains("\\u001b[2J");
    }

    @Test
    void anEnvelopeIsShownWithEveryReportInIt() throws IOException {
        byte[] claims = "{\"role\":\"endpoint\"}".getBytes(StandardCharsets.UTF_8);
        EvidenceEnvelope envelope =
                EvidenceEnvelope.of(
                        claims,
                        List.of(),
                        Map.of(
                                "cpu", CmwRecord.of("tdx", td().make()),
                                "gpu0", CmwRecord.of("nvidia", new byte[] {1}),
                                "tpm", CmwRecord.of("simulated", claims)));
        Path file = Files.write(folder.resolve("envelope.json"), envelope.toBytes());
        Path broken = Files.writeString(folder.resolve("broken"), "{\"claims\":1,\"evidence\":1}");

        Ran shown = attestgate("evidence", "inspect", file.toString());
        Ran judged = attestgate("evidence", "verify", file.toString(), "--at", NOW.toString());

        assertThat(shown.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(shown.out())
                .startsWith("evidence envelope, not verified\n  claims\n    role: endpoint\n")
                .contains("  reportData: 0x", "    cpu\n      kind: tdx\n", "        tee: tdx\n")
                .contains("    gpu0\n      kind: nvidia\n      bytes: 1\n      broken: ")
                .contains("    tpm\n      kind: simulated\n", "        role: endpoint\n");
        assertThat(judged.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(judged.err()).contains("(expected: a report alone; this is an envelope");
        assertThat(attestgate("evidence", "inspect", broken.toString()).err())
                .startsWith("attestgate: FILE " + broken + ": $: ");
    }
}
