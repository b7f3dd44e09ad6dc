package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.collateral.PlayedIntel;
import io.attestgate.collateral.PlayedServer;
import io.attestgate.verify.nvidia.NvidiaEvidence;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.NvidiaPki;
import io.attestgate.verify.testpki.NvidiaReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collateral from a service on this machine, at this machine's own time. */
final class EvidenceFetchTest {
    private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    private final DcapPki pki = DcapPki.at(now);

    private final PlayedServer server = PlayedServer.open();
    @TempDir private Path folder = Path.of("");
    private Path quote = Path.of("");
    private Path policy = Path.of("");

    @BeforeEach
    void write() throws IOException {
        quote = Files.write(folder.resolve("quote.bin"), td());
        policy =
                Files.writeString(
                        folder.resolve("policy.json"),
                        """
                        {"roots": ["%s"], "tcbStates": {"up-to-date": "%s"},
                         "advisories": {}, "debug": "refused"}
                        """
                                .formatted(pki.rootHash(), now.plus(Duration.ofDays(300))));
        PlayedIntel.publish(server, DcapCollateral.upToDate(pki, now), "standard");
        PlayedIntel.publish(server, DcapCollateral.upToDate(pki, now), "early");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private byte[] td() {
        return DcapQuote.of(pki, 4, DcapQuote.TD_1_0).make();
    }

    private Ran run(String... arguments) {
        return attestgate(arguments);
    }

    private Ran verify(String... more) {
        return run(
                Stream.concat(
                                Stream.of(
                                        "evidence",
                                        "verify",
                                        quote.toString(),
                                        "--policy",
                                        policy.toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void aQuoteIsTrustedByWhatIsFetchedNow() {
        Ran pcs = verify("--fetch", "--pcs", server.service().base());
        Ran pccs = verify("--fetch", "--pccs", server.service().base() + "/");

        assertThat(pcs.err()).isEmpty();
        assertThat(pcs.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(pcs.out())
                .startsWith("TRUSTED: Intel DCAP quote, tdx\n")
                .contains("outlook      passes by early documents too\n");
        assertThat(pccs.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(server.count(PlayedIntel.PCCS_ROOT_CRL)).isEqualTo(1);
    }

    @Test
    void aDemotionAheadIsAWarningAndNoRefusal() {
        DcapCollateral early =
                DcapCollateral.empty(pki, now)
                        .level(DcapPki.SVN + 1, "UpToDate")
                        .level(DcapPki.SVN, "OutOfDate")
                        .moduleLevel(DcapPki.SVN, "UpToDate")
                        .qeLevel(DcapQuote.QE_ISV_SVN, "UpToDate");
        early.evaluation = 18;
        PlayedIntel.publish(server, early, "early");

        Ran person = verify("--fetch", "--pcs", server.service().base());
        Ran program = verify("--fetch", "--pcs", server.service().base(), "--json");
        Ran judged = verify("--fetch", "--pcs", server.service().base(), "--update", "early");

        assertThat(person.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(person.out())
                .contains("outlook      WARNING: refused by evaluation 18 (now 17): TCB_STATE");
        assertThat(program.out())
                .contains("\"outlook\":{\"check\":\"TCB_STATE\"", "\"is\":\"demotion\"");
        assertThat(judged.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(judged.out()).startsWith("REFUSED: Intel DCAP quote, TCB_STATE\n");
    }

    @Test
    void earlyDocumentsThatAreNotThereLeaveTheOutlookUnclear() {
        server.status(PlayedIntel.TDX_TCB + "early", 404);

        Ran ran = verify("--fetch", "--pcs", server.service().base());

        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out()).contains("outlook      UNCLEAR: " + server.service());
    }

    @Test
    void aServiceThatDoesNotAnswerEndsWithStatus1AndItsAddress() {
        server.status(PlayedIntel.TDX_QE + "standard", 404);

        Ran ran = verify("--fetch", "--pcs", server.service().base());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err())
                .startsWith("attestgate: " + server.service() + PlayedIntel.TDX_QE)
                .contains("status 404");
    }

    @Test
    void aGpusManifestsAndAnswersComeFromWhomTheCallerNames() throws IOException {
        NvidiaPki gpus = NvidiaPki.at("GH100", now);
        byte[] fwid = new byte[48];
        NvidiaPki.Device device = gpus.device(7, fwid, 0x80);
        Path report =
                Files.write(
                        folder.resolve("gpu.json"),
                        NvidiaEvidence.container(
                                NvidiaReport.of(fwid, new byte[32])
                                        .make(device.key().keys().getPrivate()),
                                gpus.chain(device)));
        String base = server.service().base();

        Ran ran =
                run(
                        "evidence",
                        "collateral",
                        report.toString(),
                        "--out",
                        folder.resolve("bundle").toString(),
                        "--rims",
                        base + "/rims",
                        "--ocsp",
                        base + "/ocsp");

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: " + server.service() + "/");
        assertThat(server.requests())
                .isNotEmpty()
                .allMatch(path -> path.matches("/(rims|ocsp)/.*"));
    }

    @Test
    void whomToAskIsSaidTogetherWithFetchAndOnce() {
        String base = server.service().base();

        assertThat(verify("--at", now.toString(), "--pcs", base).err())
                .startsWith("attestgate: --fetch: absent");
        assertThat(verify("--fetch", "--pcs", base, "--pccs", base).err())
                .startsWith("attestgate: --pccs: with --pcs");
        assertThat(verify("--fetch", "--pcs", "http://pcs.example").err())
                .startsWith("attestgate: --pcs: \"http://pcs.example\" (expected: https://");
        assertThat(verify("--fetch", "--update", "later").err())
                .startsWith("attestgate: --update: \"later\" (expected: standard or early)");
        assertThat(verify("--fetch", "--pcs", base, "--fetch-timeout", "0").err())
                .startsWith("attestgate: --fetch-timeout: 0 (expected: 1 to 600)");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aBundleIsWrittenWholeAndVerifiesWithoutNetwork() throws IOException {
        Path out = folder.resolve("bundle");
        Ran fetched =
                run(
                        "evidence",
                        "collateral",
                        quote.toString(),
                        "--out",
                        out.toString(),
                        "--pcs",
                        server.service().base());
        server.close();
        Ran offline = verify("--collateral", out.toString(), "--at", now.toString());

        assertThat(fetched.err()).isEmpty();
        assertThat(fetched.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(fetched.out())
                .contains("7 files in ", "  tcb_info.json\n", "  TCB info TDX 0x000102030405");
        assertThat(offline.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(left()).containsExactly("bundle", "policy.json", "quote.bin");
    }

    @Test
    void aFolderThatIsThereStaysAsItIs() throws IOException {
        Path out = Files.createDirectory(folder.resolve("bundle"));
        Ran ran = run("evidence", "collateral", quote.toString(), "--out", out.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).contains("expected: a folder that is not there yet");
        assertThat(left()).containsExactly("bundle", "policy.json", "quote.bin");
    }

    @Test
    void whatCannotBeFetchedWholeLeavesNoFolder() throws IOException {
        server.status(PlayedIntel.ROOT_CRL, 404);
        Ran ran =
                run(
                        "evidence",
                        "collateral",
                        quote.toString(),
                        "--out",
                        folder.resolve("bundle").toString(),
                        "--pcs",
                        server.service().base());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(left()).containsExactly("policy.json", "quote.bin");
    }

    @Test
    void hardwareOfAnEndpointIsJudgedWithAllThatItNeedsOrNotAtAll() {
        Ran ran = run("verify", "https://app.localhost:1", "--platform", "tdx");

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.err()).startsWith("attestgate: --platform: not with all");
    }

    private List<String> left() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> String.valueOf(path.getFileName())).sorted().toList();
        }
    }
}
