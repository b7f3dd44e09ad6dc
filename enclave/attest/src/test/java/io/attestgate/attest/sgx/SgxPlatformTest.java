package io.attestgate.attest.sgx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.JudgedPlatform;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.platform.FileRegister;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformContract;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.platform.TrustedRegisterContract;
import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SgxPlatformTest implements PlatformContract, TrustedRegisterContract {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final DcapPki PKI = DcapPki.at(NOW);

    @TempDir private Path directory;

    private final FakeGramine files = new FakeGramine(PKI);

    private Platform platform() {
        try {
            return new SgxPlatform(
                    new Gramine(files), new FileRegister(DirectoryDisk.open(directory)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Platform platformAfterStart() {
        return platform();
    }

    @Override
    public TrustedRegister registerAfterStart() {
        return platform().register();
    }

    private static Hardware intel() {
        return new Hardware(
                DcapCollateral.upToDate(PKI, NOW).make(),
                AppraisalPolicy.strict(Set.of(PKI.rootHash()), NOW));
    }

    private void refusesReports() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> platform().report(ReportData.of(new byte[1])));
    }

    @Test
    void anEnclavesEvidenceIsTrusted() throws PlatformException {
        Platform platform = platform();

        assertThat(JudgedPlatform.verdict(platform, intel(), NOW))
                .isInstanceOf(Verdict.Trusted.class);
        assertThat(platform.name()).isEqualTo("sgx");
        assertThat(platform.registers()).hasSize(32 + 32 + 2 + 2 + 16).startsWith(0xe1, 0xe1);
        assertThat(platform.instance())
                .isEqualTo(Instance.of("sgx", HexFormat.of().parseHex(DcapPki.PPID)));
        assertThat(platform.rollback()).isEqualTo(Rollback.UNPROTECTED);
    }

    @Test
    void aQuoteForSomebodyElseIsRefused() {
        files.host = quote -> quote.reportData(new byte[] {9});
        refusesReports();
    }

    /** MRENCLAVE, attributes, MRSIGNER, ISVPRODID, ISVSVN. */
    @ParameterizedTest
    @ValueSource(ints = {64, 48, 128, 256, 258})
    void aQuoteOfAnotherEnclaveIsRefused(int changed) {
        files.host = quote -> quote.body[changed] ^= 2;
        refusesReports();
    }

    @Test
    void whatTheHostSaysIsNotInTheRegisters() throws PlatformException {
        byte[] ours = platform().registers();
        files.host = quote -> quote.body[64] ^= 1;
        assertThat(platform().registers()).isEqualTo(ours);
    }

    @Test
    void aQuoteWithoutAChainNamesNoInstance() throws PlatformException {
        files.host = quote -> quote.certificationType = 3;
        assertThat(platform().instance()).isEmpty();
    }

    @Test
    void aQuoteThatIsNoneIsRefused() {
        files.host = quote -> quote.certificationData = new byte[64 * 1024];
        refusesReports();
        files.host = quote -> quote.padding = new byte[] {1};
        refusesReports();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "epid", "", "DCAP", "dcap-and-more-than-fits"})
    void quotesThatNobodyJudgesAreRefusedAtTheStart(String type) {
        files.type = type;
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> new Gramine(files).requireDcap());
    }

    @Test
    void quotesOfDcapAreAccepted() {
        assertThatCode(() -> new Gramine(files).requireDcap()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_report_data", "quote", "target_info", "my_target_info", "report"})
    void aFileThatIsNotThereIsNamed(String name) {
        files.remove(name);
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> platform().report(ReportData.of(new byte[1])))
                .withMessageContaining(name);
    }

    @Test
    void theEnclavesOwnKeySealsAndTheSignersIsNeverAskedFor() throws PlatformException {
        try (SecretMemory secret = platform().sealingSecret()) {
            boolean ours = secret.lend(heap -> Arrays.equals(heap, files.key));
            assertThat(ours).isTrue();
        }
        assertThat(files.asked()).containsExactly("keys/_sgx_mrenclave");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 32})
    void aKeyOfAnotherSizeIsNone(int size) {
        files.key = new byte[size];
        noSecret();
    }

    @Test
    void aKeyOfZerosIsNone() {
        files.key = new byte[16];
        noSecret();
        files.remove("keys/_sgx_mrenclave");
        noSecret();
    }

    private void noSecret() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(
                        () -> {
                            try (SecretMemory secret = platform().sealingSecret()) {
                                throw new AssertionError(secret);
                            }
                        });
    }

    private SealException.Reason refusal(Hash32 config) {
        try (SealedStore store = SealedStore.open(directory, platform(), config)) {
            throw new AssertionError(store.purposes().toString());
        } catch (SealException e) {
            return e.reason();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatItSealedOpensForNoOtherEnclaveFileOrProcessor() throws Exception {
        try (SealedStore store = SealedStore.open(directory, platform(), JudgedPlatform.CONFIG)) {
            store.compartment(Purpose.ANCHOR).commit(Changes.none().put("a", new byte[1]));
        }
        assertThat(refusal(Hash32.of(Digests.sha256(new byte[1]))))
                .isEqualTo(SealException.Reason.OTHER_CONFIG);
        files.key[0] ^= 1;
        assertThat(refusal(JudgedPlatform.CONFIG)).isEqualTo(SealException.Reason.DAMAGED);
        files.body[64] ^= 1;
        assertThat(refusal(JudgedPlatform.CONFIG)).isEqualTo(SealException.Reason.OTHER_CODE);
        files.key[0] ^= 1;
        files.body[64] ^= 1;
        try (SealedStore store = SealedStore.open(directory, platform(), JudgedPlatform.CONFIG)) {
            assertThat(store.purposes()).containsExactly(Purpose.ANCHOR);
        }
    }

    @Test
    void theRealFilesAreReadAndWritten() throws Exception {
        AttestationFiles real = new AttestationFiles(directory);
        Path file = Files.createFile(directory.resolve("user_report_data"));
        real.write("user_report_data", new byte[64]);
        assertThat(Files.size(file)).isEqualTo(64);
        assertThat(real.read("user_report_data", 16)).hasSize(17);
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> new Gramine(real).requireDcap())
                .withMessageContaining("ENOENT");
    }
}
