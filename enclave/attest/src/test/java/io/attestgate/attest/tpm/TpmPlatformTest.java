package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.attest.platform.PlatformContract;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.platform.TrustedRegisterContract;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.seal.StateLock;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.x509.P256;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresPeer("swtpm")
final class TpmPlatformTest implements PlatformContract, TrustedRegisterContract {
    @TempDir private Path folder;
    private Path directory;
    private final List<TpmPlatform> started = new ArrayList<>();
    private TestTpm tpm;

    @BeforeEach
    void start() throws IOException {
        tpm = TestTpm.start();
        directory = folder.resolve("state");
    }

    @AfterEach
    void stop() throws Exception {
        switchOff();
        tpm.close();
    }

    private void switchOff() throws PlatformException {
        for (TpmPlatform platform : started) {
            platform.close();
        }
        started.clear();
    }

    @Override
    public TpmPlatform platformAfterStart() throws Exception {
        switchOff();
        tpm.restart();
        TpmPlatform platform = tpm.open(directory);
        started.add(platform);
        return platform;
    }

    @Override
    public TrustedRegister registerAfterStart() throws Exception {
        return platformAfterStart().register();
    }

    private static byte[] secret(TpmPlatform platform) throws PlatformException {
        try (SecretMemory secret = platform.sealingSecret()) {
            return secret.lend(byte[]::clone);
        }
    }

    @Test
    void theSecretStaysShutOnceAPcrIsExtended() throws Exception {
        try (TpmPlatform platform = tpm.open(directory)) {
            assertThat(secret(platform)).hasSize(32);
        }
        tpm.extend(23, "other code");
        assertThat(refusal()).isEqualTo(TpmException.Reason.NOT_AUTHORISED);
    }

    @Test
    void aStartBesideAnotherOneMakesNothingInTheTpm() throws Exception {
        Path state = Files.createDirectory(directory);
        try (StateLock held = StateLock.acquire(state)) {
            assertThat(held).isNotNull();
            PlatformException refused =
                    catchThrowableOfType(
                            PlatformException.class,
                            () -> TpmPlatform.open(tpm.settings(), state, TestTpm.CONFIG).close());
            assertThat(refused.getCause())
                    .isInstanceOfSatisfying(
                            SealException.class,
                            e -> assertThat(e.reason()).isEqualTo(SealException.Reason.HELD));
        }
        assertThat(state.resolve(StateFiles.STATE)).doesNotExist();
        try (TpmPlatform platform = TpmPlatform.open(tpm.settings(), state, TestTpm.CONFIG)) {
            assertThat(secret(platform)).hasSize(32);
        }
    }

    private TpmException.Reason refusal() {
        return TestTpm.refusal(() -> tpm.open(directory).close()).reason();
    }

    @Test
    void aQuoteCarriesTheDataAndThePcrsAndIsSignedByTheAttestationKey() throws Exception {
        ReportData data = ReportData.of(new byte[] {1, 2, 3});
        try (TpmPlatform platform = tpm.open(directory)) {
            Json.Obj evidence = evidence(platform.report(data));
            byte[] attest = bytes(evidence, "attest");
            assertThat(Arrays.copyOf(attest, 6)).isEqualTo(HexFormat.of().parseHex("ff5443478018"));
            assertThat(HexFormat.of().formatHex(attest))
                    .contains(HexFormat.of().formatHex(Digests.sha256(data.bytes())))
                    .endsWith(
                            HexFormat.of()
                                    .formatHex(Arrays.copyOfRange(platform.registers(), 5, 37)));
            EccPublic key = EccPublic.attestation().made(bytes(evidence, "key"));
            TpmReader signature = TpmReader.of("signature", bytes(evidence, "signature"));
            assertThat(signature.uint16("scheme")).isEqualTo(Tpms.ALG_ECDSA);
            assertThat(signature.uint16("hash")).isEqualTo(Tpms.ALG_SHA256);
            byte[] rs = concatenated(signature.sized("r"), signature.sized("s"));
            assertThat(P256.isSigned(P256.key(key.point()).orElseThrow(), rs, attest)).isTrue();
        }
    }

    private static byte[] concatenated(byte[] r, byte[] s) {
        byte[] rs = new byte[64];
        System.arraycopy(r, 0, rs, 32 - r.length, r.length);
        System.arraycopy(s, 0, rs, 64 - s.length, s.length);
        return rs;
    }

    private static Json.Obj evidence(Map<String, CmwRecord> members) {
        byte[] json = members.values().iterator().next().value();
        return (Json.Obj) JsonReader.parse(json, json.length).toOptional().orElseThrow();
    }

    private static byte[] bytes(Json.Obj evidence, String field) {
        Json.Text text = (Json.Text) evidence.get(field).orElseThrow();
        return Base64Url.parse(text.value()).orElseThrow();
    }

    @Test
    @RequiresPeer({"swtpm", "tpm2"})
    void aCredentialThatOtherToolsMadeIsOpened() throws Exception {
        try (TpmPlatform platform = tpm.open(directory)) {
            Json.Obj evidence = evidence(platform.report(ReportData.of(new byte[1])));
            byte[] name = TpmName.of(bytes(evidence, "key")).bytes();
            byte[] secret = "a secret of the reader's".getBytes(StandardCharsets.UTF_8);
            Credential made = Credential.make(folder, platform.endorsementKey(), name, secret);
            assertThat(platform.activate(made.credential(), made.encryptedSecret()))
                    .isEqualTo(secret);
            byte[] other = TpmName.of(new byte[1]).bytes();
            Credential foreign = Credential.make(folder, platform.endorsementKey(), other, secret);
            TpmException refused =
                    TestTpm.refusal(
                            () ->
                                    assertThat(
                                                    platform.activate(
                                                            foreign.credential(),
                                                            foreign.encryptedSecret()))
                                            .isEmpty());
            assertThat(refused.reason()).isEqualTo(TpmException.Reason.REFUSED);
        }
    }
}
