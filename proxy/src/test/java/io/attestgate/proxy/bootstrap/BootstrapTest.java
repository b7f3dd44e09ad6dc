package io.attestgate.proxy.bootstrap;

import static io.attestgate.proxy.bootstrap.BootstrapFiles.exampleWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.attest.detection.LesserPlatform;
import io.attestgate.attest.tpm.TpmSettings;
import io.attestgate.collateral.VendorServices;
import io.attestgate.collateral.intel.IntelService;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BootstrapTest {
    private static final String CONTRACT = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
    private static final String SPELT = "0x5FbDB2315678afecb367f032d93F642f64180aa3";

    @Test
    void theExampleOfTheDocumentationIsGood() throws IOException {
        Bootstrap bootstrap = good(Bootstrap.read(BootstrapFiles.example()));

        Address contract = Address.parse(CONTRACT).orElseThrow();
        assertThat(bootstrap.chain().chainId()).isEqualTo(31337);
        assertThat(bootstrap.chain().contract()).isEqualTo(contract);
        assertThat(bootstrap.chain().codeHashes()).hasSize(3).containsKey(contract);
        assertThat(bootstrap.chain().trust()).isEqualTo(Trust.DEVNET);
        assertThat(bootstrap.chain().rpc())
                .containsExactly(
                        new RpcEndpoint(URI.create("http://127.0.0.1:8545"), List.of(), List.of()));
        assertThat(bootstrap.chain().poll()).isEqualTo(Duration.ofSeconds(2));
        assertThat(bootstrap.platform()).isEqualTo("simulated");
        assertThat(bootstrap.lesserPlatform()).isEqualTo(LesserPlatform.REFUSED);
        assertThat(bootstrap.state()).isEqualTo(Path.of("/var/lib/attestgate"));
        assertThat(bootstrap.listeners().https()).hasToString("0.0.0.0:443");
        assertThat(bootstrap.listeners().operations().orElseThrow()).hasToString("127.0.0.1:9901");
        assertThat(bootstrap.acme().contact())
                .containsExactly(URI.create("mailto:ops@example.org"));
        assertThat(bootstrap.acme().roots()).hasSize(1);
        assertThat(bootstrap.drain()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theDigestIsOfTheExactBytesThatWereJudged(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("other.yaml");
        Files.writeString(file, BootstrapFiles.exampleText() + "# one more line\n");

        assertThat(good(Bootstrap.read(file)).configDigest())
                .isEqualTo(Hash32.of(Digests.sha256(Files.readAllBytes(file))))
                .isNotEqualTo(good(Bootstrap.read(BootstrapFiles.example())).configDigest());
    }

    @Test
    void whatOnlyBoundsSomethingHasADefault() {
        String text =
                BootstrapFiles.exampleText()
                        .replaceFirst("(?s)listeners:.*?\n\n", "")
                        .replace("  poll: 2s\n", "")
                        .replace("drain: 30s\n", "");

        Bootstrap bootstrap = good(BootstrapFiles.parse(text));

        assertThat(bootstrap.listeners().https()).hasToString("0.0.0.0:443");
        assertThat(bootstrap.listeners().http().orElseThrow()).hasToString("0.0.0.0:80");
        assertThat(bootstrap.listeners().operations().orElseThrow()).hasToString("127.0.0.1:9901");
        assertThat(bootstrap.chain().poll()).isEqualTo(Duration.ofSeconds(2));
        assertThat(bootstrap.drain()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatSaysWhomToTrustHasNone() {
        assertThat(names("{}")).containsExactlyInAnyOrder("platform", "chain", "state", "acme");
        assertThat(names("chain: {}\nacme: {}\n"))
                .contains(
                        "chain.id",
                        "chain.contract",
                        "chain.codeHashes",
                        "chain.trust",
                        "chain.rpc",
                        "acme.roots");
    }

    @Test
    void aListenerCanBeOffExceptTheDoorItself() {
        Bootstrap bootstrap =
                good(
                        BootstrapFiles.parse(
                                exampleWith("http: 0.0.0.0:80", "http: off")
                                        .replace("operations: 127.0.0.1:9901", "operations: off")));

        assertThat(bootstrap.listeners().http()).isEmpty();
        assertThat(bootstrap.listeners().operations()).isEmpty();
        assertThat(faults(exampleWith("https: 0.0.0.0:443", "https: off")))
                .extracting(Fault::path)
                .containsExactly("attestgate.yaml:22:10: listeners.https");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: 31337|id: 0|chain.id",
                "id: 31337|id: '31337'|chain.id",
                "id: 31337|id: 0x7a69|chain.id",
                "id: 31337|id: 9007199254740992|chain.id",
                "id: 31337|id:|chain.id",
                "id: 31337|id: [1]|chain.id",
                "contract: 0x5FbDB|contract: 0x5fbDB|chain.contract",
                "trust: devnet|trust: sync|chain.trust",
                "platform: simulated|platform: tsm|platform",
                "platform: simulated|'platform: simulated\nlesserPlatform: refused'|lesserPlatform",
                "platform: simulated|'platform: simulated\nlesserPlatform: tpm'|lesserPlatform",
                "state: /var/lib|state: var/lib|state",
                "state: /var/lib|state: /var/../lib|state",
                "poll: 2s|poll: 2|chain.poll",
                "poll: 2s|poll: 11m|chain.poll",
                "drain: 30s|drain: -1s|drain",
                "https: 0.0.0.0:443|https: example.org:443|listeners.https",
                "https: 0.0.0.0:443|https: 0.0.0.0:65536|listeners.https",
                "https: 0.0.0.0:443|https: 443|listeners.https",
                "http: 0.0.0.0:80|http: 300.0.0.1:80|listeners.http",
                "mailto:ops@example.org|https://example.org|acme.contact[0]",
                "mailto:ops@example.org|'mailto:a@b?subject=c'|acme.contact[0]",
                "[mailto:ops@example.org]|mailto:ops@example.org|acme.contact",
                "url: http://127.0.0.1:8545|url: ftp://127.0.0.1|chain.rpc[0].url",
                "url: http://127.0.0.1:8545|url: http://a:b@127.0.0.1|chain.rpc[0].url",
                "url: http://127.0.0.1:8545|url: https://rpc.example|chain.rpc[0].url",
                "BEGIN CERTIFICATE|BEGIN PRIVATE KEY|acme.roots",
            })
    void aWrongValueIsNamed(String found, String replacement, String name) {
        assertThat(names(exampleWith(found, replacement))).containsExactly(name);
    }

    @Test
    void everyFaultIsNamedWithLineAndColumn() {
        String text =
                exampleWith("id: 31337", "id: many")
                        .replace("platform: simulated", "platfrom: simulated")
                        .replace("drain: 30s", "drain: 30s\nroutes: []");

        assertThat(faults(text))
                .extracting(Fault::toString)
                .allSatisfy(line -> assertThat(line).startsWith("attestgate.yaml:"))
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "attestgate.yaml:5:7: chain.id: \"many\""
                                                        + " (expected: a whole number from 1 to"
                                                        + " 2^53 - 1)"))
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("attestgate.yaml:17:1: file: \"platfrom\""))
                .anySatisfy(line -> assertThat(line).contains(": file: \"routes\" (expected: "))
                .hasSize(4);
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThat(faults(exampleWith("drain: 30s", "drain: 30s\ndrain: 30s"))).hasSize(1);
        assertThat(faults(exampleWith("id: 31337", "id: 31337\n  id: 31337"))).hasSize(1);
        String entry =
                "    "
                        + CONTRACT
                        + ": 0x2c1a0ff4e0b02bbd2b6c0d4b0f1a0c7f6d1f3f0c3c1b5d1a7a9f8e7d6c5b4a39";
        assertThat(names(exampleWith("  trust: devnet", entry + "\n  trust: devnet")))
                .containsExactly("chain.codeHashes." + CONTRACT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &x 1\nb: *x\n",
                "a: *x\n",
                "a: !!str 1\n",
                "!local\na: 1\n",
                "%YAML 1.2\n---\na: 1\n",
                "a: 1\n---\nb: 2\n",
                "? [a]\n: 1\n",
                "a: [1\n",
                "a: 1\n\tb: 2\n",
                "a: \u0007\n",
                "",
                "# nothing\n",
                "a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a:"
                        + " 1}}}}}}}}}}}}}}}}\n",
            })
    void whatPeopleWouldReadDifferentlyIsNotRead(String text) {
        assertThat(faults(text)).hasSize(1);
        assertThat(faults(text).getFirst().path()).matches("attestgate.yaml:\\d+:\\d+: YAML");
    }

    @Test
    void aFileOfAnotherEncodingOrSizeIsRefused() {
        byte[] latin = {'a', ':', ' ', (byte) 0xe9, '\n'};
        byte[] large = new byte[Bootstrap.FILE_BYTES_MAX + 1];

        assertThat(Bootstrap.parse("f", latin).faults())
                .extracting(Fault::path)
                .containsExactly("f:1:1: YAML");
        assertThat(Bootstrap.parse("f", large).faults())
                .extracting(Fault::path)
                .containsExactly("f: size");
    }

    @Test
    void anHttpsEndpointIsHeldToPinsOrRootsAndNeverToBoth() {
        String pin = "A".repeat(43);
        String url = "url: https://rpc.example/v1?key=k";
        String plain = "url: http://127.0.0.1:8545";

        Bootstrap pinned =
                good(BootstrapFiles.parse(exampleWith(plain, url + "\n      pins: [" + pin + "]")));
        assertThat(pinned.chain().rpc().getFirst().pins()).containsExactly(Hash32.ZERO);
        assertThat(names(exampleWith(plain, plain + "\n      pins: [" + pin + "]")))
                .containsExactly("chain.rpc[0].url");
        assertThat(names(exampleWith(plain, url + "\n      pins: [short]")))
                .containsExactly("chain.rpc[0].pins[0]");
        assertThat(names(exampleWith(plain, url + "\n      pins: []")))
                .containsExactly("chain.rpc[0].pins");
    }

    @Test
    void devnetTrustReadsOneEndpointAndNoCheckpoint() {
        String plain = "url: http://127.0.0.1:8545";

        assertThat(names(exampleWith(plain, plain + "\n    - url: http://127.0.0.1:8546")))
                .containsExactly("chain.rpc");
        assertThat(names(exampleWith("trust: devnet", "trust: devnet\n  checkpoint: {}")))
                .containsExactly("chain.checkpoint");
    }

    @Test
    void theContractItselfMustBePinned() {
        String other = "0x00000000000000000000000000000000000000aa";

        assertThat(names(exampleWith("    " + SPELT, "    " + other)))
                .containsOnly("chain.codeHashes");
        assertThat(names(exampleWith("    " + SPELT, "    elsewhere")))
                .containsOnly("chain.codeHashes");
    }

    private static String onTpm(String section) throws IOException {
        String mainnet = Files.readString(BootstrapFiles.exampleForMainnet());
        return mainnet.replace("platform: simulated", "platform: tpm\n" + section);
    }

    @Test
    void thePcrsOfATpmAreNamedAndMeasured() throws IOException {
        String section = "tpm: {bank: sha256, pcrs: [4, 0, 11], endorsement: \"" + EK + "\"}";
        TpmSettings tpm = good(BootstrapFiles.parse(onTpm(section))).tpm().orElseThrow();
        assertThat(tpm.pcrs()).hasToString("sha256:0,4,11");
        assertThat(tpm.device()).isEqualTo(TpmSettings.DEVICE);
        assertThat(tpm.endorsement()).map(Octets::toString).contains(EK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|tpm",
                "'tpm: {bank: sha256}'|tpm.pcrs",
                "'tpm: {pcrs: [7]}'|tpm.bank",
                "'tpm: {bank: sha1, pcrs: [7]}'|tpm.bank",
                "'tpm: {bank: sha256, pcrs: [24]}'|tpm.pcrs[0]",
                "'tpm: {bank: sha256, pcrs: [7, 07]}'|tpm.pcrs[1]",
                "'tpm: {bank: sha256, pcrs: []}'|tpm.pcrs",
                "'tpm: {bank: sha256, pcrs: [7], device: tpmrm0}'|tpm.device",
                "'tpm: {bank: sha256, pcrs: [7], endorsement: \"0x000b\"}'|tpm.endorsement",
                "'tpm: {bank: sha256, pcrs: [7], index: 1}'|tpm"
            })
    void aTpmWithoutItsPcrsOrWithMoreThanIsReadIsRefused(String section, String name)
            throws IOException {
        assertThat(names(onTpm(section))).contains(name);
    }

    @Test
    void aTpmBesideAnotherPlatformIsRefused() {
        String text = BootstrapFiles.exampleText();
        assertThat(names(text + "\ntpm: {bank: sha256, pcrs: [7]}\n")).isNotEmpty();
    }

    @Test
    void devnetTrustBesideARealPlatformIsOurBug() {
        Bootstrap good = good(BootstrapFiles.parse(BootstrapFiles.exampleText()));

        assertThatThrownBy(
                        () ->
                                new Bootstrap(
                                        good.chain(),
                                        "tdx",
                                        LesserPlatform.REFUSED,
                                        Optional.empty(),
                                        Optional.empty(),
                                        good.collateral(),
                                        good.state(),
                                        good.listeners(),
                                        good.acme(),
                                        good.drain(),
                                        good.configDigest()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final String EK = "0x000b" + "0a".repeat(32);

    @Test
    void theSimulatedPlatformHasNothingToAppraise() {
        assertThat(names(exampleWith("drain:", "appraisal: '{}'\ndrain:")))
                .containsExactly("appraisal");
    }

    @Test
    void servicesForCollateralAreTheVendorsUnlessTheFileNamesOthers() {
        String drain = "drain: 30s";
        String section = "collateral:\n  %s\n" + drain;
        Bootstrap named =
                good(
                        BootstrapFiles.parse(
                                exampleWith(
                                        drain, section.formatted("pccs: https://pccs.example/"))));

        assertThat(good(BootstrapFiles.parse(BootstrapFiles.exampleText())).collateral())
                .isEqualTo(VendorServices.standard());
        assertThat(named.collateral().intel()).isInstanceOf(IntelService.Pccs.class);
        assertThat(named.collateral().amd()).isEqualTo(VendorServices.standard().amd());
        assertThat(names(exampleWith(drain, section.formatted("kds: ftp://kds.example"))))
                .containsExactly("collateral.kds");
        assertThat(names(exampleWith(drain, section.formatted("ark: https://kds.example/"))))
                .containsExactly("collateral");
    }

    private static Bootstrap good(Parsed<Bootstrap> parsed) {
        assertThat(parsed.faults()).isEmpty();
        return parsed.toOptional().orElseThrow();
    }

    private static List<Fault> faults(String text) {
        return BootstrapFiles.parse(text).faults();
    }

    /** The names alone, without file, line and column. */
    private static List<String> names(String text) {
        return faults(text).stream().map(f -> f.path().replaceFirst("^\\S+ ", "")).toList();
    }
}
