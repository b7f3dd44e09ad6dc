package io.attestgate.attest.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.verify.EvidenceVerifier;
import io.attestgate.verify.Expectation;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.cbor.Cbor;
import io.attestgate.verify.cbor.CborWriter;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.nitro.NitroPolicy;
import io.attestgate.verify.testpki.NitroDocument;
import io.attestgate.verify.testpki.NitroPki;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform against a module that plays the published protocol, and against one that lies. */
final class NitroPlatformTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final NitroPki PKI = NitroPki.at(NOW);
    private static final Hardware HARDWARE =
            new Hardware(
                    Bundle.empty(),
                    new AppraisalPolicy(
                                    Set.of(PKI.rootHash()),
                                    Map.of(TcbState.UNJUDGED, NOW.plusSeconds(3600)),
                                    Map.of(),
                                    AppraisalPolicy.Debug.REFUSED)
                            .with(
                                    new NitroPolicy.Enclaves(
                                            new NitroPolicy.Accepted(
                                                    Duration.ofMinutes(5),
                                                    Revocation.IF_PRESENT,
                                                    Map.of()))));

    @TempDir private Path folder;

    private final PlayedNsm nsm = new PlayedNsm(PKI, NOW);

    private NitroPlatform open() throws PlatformException {
        return NitroPlatform.open(nsm, new FragileDisk());
    }

    private static byte[] claims(NitroPlatform platform) {
        return new TlsKeyClaims(
                        Hash32.ZERO,
                        NOW,
                        NOW.plusSeconds(60),
                        new Hostname("a.example"),
                        Hash32.ZERO,
                        new PolicyReference(1, Address.ZERO, 1, Hash32.ZERO, 1, Hash32.ZERO),
                        new DocumentHashes(Hash32.ZERO, Hash32.ZERO),
                        Hash32.ZERO,
                        platform.instance())
                .toBytes();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsEvidenceIsTrustedWhicheverWayTheModuleGivesBytes(boolean numbers) throws Exception {
        nsm.givesNumbers = numbers;
        NitroPlatform platform = open();
        byte[] claims = claims(platform);
        EvidenceEnvelope envelope =
                EvidenceEnvelope.of(claims, List.of(), platform.report(ReportData.of(claims)));

        Verdict verdict =
                EvidenceVerifier.verify(
                        envelope, Expectation.of(Role.TLS_KEY, Set.of("nitro")), HARDWARE, NOW);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted ->
                                assertThat(trusted.report().registers())
                                        .isEqualTo(platform.registers())
                                        .hasSize(4 * 48));
        assertThat(platform.registers()[3 * 48]).isEqualTo((byte) 9);
        assertThat(platform.instance()).isPresent();
        assertThat(platform.rollback()).isEqualTo(Rollback.UNPROTECTED);
        assertThat(nsm.asked)
                .containsExactly(
                        "DescribeNSM",
                        "DescribePCR",
                        "DescribePCR",
                        "DescribePCR",
                        "DescribePCR",
                        "Attestation");
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // There is nothing to close.
    void aModuleKeepsNoSecret() throws PlatformException {
        NitroPlatform platform = open();

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(platform::sealingSecret)
                .withMessageContaining("key provider");
    }

    @Test
    void randomBytesComeFromTheModule() throws PlatformException {
        assertThat(new Nsm(nsm).random().size()).isEqualTo(256);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anEnclaveInDebugModeIsNoticed(int index) {
        nsm.pcrs.put(index, 0);

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(this::open)
                .withMessageContaining("debug");
    }

    @Test
    void anImageThatNobodySignedHasAZeroRegister8() throws PlatformException {
        nsm.pcrs.put(8, 0);

        assertThat(Arrays.copyOfRange(open().registers(), 3 * 48, 4 * 48)).containsOnly(0);
    }

    @Test
    void aRegisterThatCanStillBeExtendedMeasuresNothing() {
        nsm.locked = 8;

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(this::open)
                .withMessageContaining("PCR8");
    }

    @Test
    void registersOfAnotherDigestAreRefused() {
        nsm.altered.put(
                "DescribeNSM",
                truth ->
                        CborWriter.write(
                                Cbor.pairs(
                                        "DescribeNSM",
                                        Cbor.pairs(
                                                "version_major", new Cbor.Int(1),
                                                "version_minor", new Cbor.Int(0),
                                                "version_patch", new Cbor.Int(0),
                                                "module_id", new Cbor.Text("i"),
                                                "digest", new Cbor.Text("SHA256")))));

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(this::open)
                .withMessageContaining("SHA256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Success",
                "InvalidArgument",
                "InvalidIndex",
                "InvalidResponse",
                "ReadOnlyIndex",
                "InvalidOperation",
                "BufferTooSmall",
                "InputTooLarge",
                "InternalError",
                "NotPublished"
            })
    void anErrorIsToldByItsName(String code) throws PlatformException {
        NitroPlatform platform = open();
        nsm.altered.put("Attestation", truth -> CborWriter.write(PlayedNsm.error(code)));

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> platform.report(ReportData.of(new byte[1])))
                .withMessageContaining(code);
    }

    @Test
    void thereIsAnErrorOfEachIndexBeyondTheLast() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> new Nsm(nsm).pcr(32))
                .withMessageContaining("InvalidIndex");
    }

    private void lies(String request, byte[] answer) throws PlatformException {
        NitroPlatform platform = open();
        nsm.altered.put(request, truth -> answer);

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> platform.report(ReportData.of(new byte[1])));
    }

    @Test
    void aModuleThatLiesAboutADocumentIsFound() throws PlatformException {
        NitroDocument other =
                NitroDocument.enclave(PKI, PKI.signer(NOW), NOW)
                        .put("user_data", ReportData.of(new byte[1]).bytes());

        lies("Attestation", new byte[0]);
        lies("Attestation", CborWriter.write(new Cbor.Text("Attestation")));
        lies("Attestation", CborWriter.write(Cbor.pairs()));
        lies("Attestation", CborWriter.write(Cbor.pairs("GetRandom", Cbor.pairs())));
        lies("Attestation", document(new Cbor.Null()));
        lies("Attestation", document(new Cbor.Text("document")));
        lies("Attestation", document(Cbor.Arr.of(new Cbor.Int(256))));
        lies("Attestation", document(Cbor.Bytes.of(new byte[10])));
        lies("Attestation", document(Cbor.Bytes.of(other.pcr(8, 77).make())));
        lies(
                "Attestation",
                document(
                        Cbor.Bytes.of(
                                NitroDocument.enclave(PKI, PKI.signer(NOW), NOW)
                                        .put("user_data", new byte[64])
                                        .make())));
        lies(
                "Attestation",
                document(
                        Cbor.Bytes.of(
                                NitroDocument.enclave(PKI, PKI.signer(NOW), NOW)
                                        .put("user_data", ReportData.of(new byte[1]).bytes())
                                        .put("module_id", new Cbor.Text("i-1-enc1"))
                                        .make())));
    }

    private static byte[] document(Cbor document) {
        return CborWriter.write(Cbor.pairs("Attestation", Cbor.pairs("document", document)));
    }

    @Test
    void aMachineWithoutAModuleIsNamed() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> NitroPlatform.open(folder, new FragileDisk()))
                .withMessageContaining("dev/nsm")
                .withMessageContaining("ENOENT");
    }

    @Test
    void aFileThatIsNoModuleIsNamed() throws IOException {
        Path devices = Files.createDirectories(folder.resolve("dev"));
        Path file = Files.createFile(devices.resolve("nsm"));

        assertThat(file).exists();
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> NitroPlatform.open(folder, new FragileDisk()))
                .withMessageContaining("ENOTTY");
    }

    @Test
    void aRequestThatTheDriverWouldRefuseIsABug() {
        NsmFile file = new NsmFile(folder);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.process(new byte[NsmDevice.REQUEST_BYTES_MAX + 1]));
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryAnswerIsADocumentOrAFault(byte[] input) {
        try {
            byte[] document = new Nsm(request -> input).attestation(new byte[64]).bytes();
            if (document.length > input.length) {
                throw new AssertionError("more than was answered");
            }
        } catch (PlatformException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("a fault without words", e);
            }
        }
    }
}
