package io.attestgate.attest.dstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.dstack.PlayedAgent.Surface;
import io.attestgate.attest.platform.KeyProvider;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformContract;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.EvidenceVerifier;
import io.attestgate.verify.Expectation;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform against an agent that plays dstack's documents, and against one that lies. */
final class DstackPlatformTest implements PlatformContract {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final DcapPki PKI = DcapPki.at(NOW);
    private static final Hardware HARDWARE =
            new Hardware(
                    DcapCollateral.upToDate(PKI, NOW).make(),
                    AppraisalPolicy.strict(Set.of(PKI.rootHash()), NOW));
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private Path root;

    private final PlayedDomain domain = PlayedDomain.with(PKI, "kms", PlayedDomain.KMS_ID);

    private static Hash32 hash(int seed) {
        return Hash32.of(Digests.sha256(new byte[] {(byte) seed}));
    }

    private final FragileDisk state = new FragileDisk();
    private final List<Served> agents = new ArrayList<>();

    @Override
    public Platform platformAfterStart() throws PlatformException {
        if (agents.isEmpty()) {
            agents.add(new PlayedAgent(Surface.V1, domain).serve(root));
        }
        return DstackPlatform.open(root, state, PATIENCE);
    }

    @AfterEach
    void closeAgents() throws IOException {
        for (Served agent : agents) {
            agent.close();
        }
    }

    private DstackPlatform open() throws PlatformException {
        return DstackPlatform.open(root, new FragileDisk(), PATIENCE);
    }

    private static byte[] claims(DstackPlatform platform) {
        return new TlsKeyClaims(
                        hash(2),
                        NOW,
                        NOW.plusSeconds(60),
                        new Hostname("a.example"),
                        hash(3),
                        new PolicyReference(1, Address.ZERO, 1, hash(4), 1, hash(5)),
                        new DocumentHashes(hash(6), hash(7)),
                        hash(1),
                        platform.instance())
                .toBytes();
    }

    private static String key(DstackPlatform platform) throws PlatformException {
        try (SecretMemory secret = platform.sealingSecret()) {
            return secret.lend(HexFormat.of()::formatHex);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsEvidenceIsTrustedFromEachSurfaceOfTheAgent(Surface surface) throws Exception {
        try (Served served = new PlayedAgent(surface, domain).serve(root)) {
            DstackPlatform platform = open();
            byte[] claims = claims(platform);
            EvidenceEnvelope envelope =
                    EvidenceEnvelope.of(claims, List.of(), platform.report(ReportData.of(claims)));

            Verdict verdict =
                    EvidenceVerifier.verify(
                            envelope,
                            Expectation.of(Role.TLS_KEY, Set.of("dstack")),
                            HARDWARE,
                            NOW);

            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Trusted.class,
                            trusted -> {
                                assertThat(trusted.report().registers())
                                        .isEqualTo(platform.registers());
                                assertThat(trusted.report().restsOn())
                                        .contains("kms:" + PlayedDomain.KMS_ID);
                            });
            assertThat(platform.instance()).isPresent();
            assertThat(served.paths()).contains(surface.quote);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsSealingSecretIsTheKeyProvidersForTheseRegisters(Surface surface) throws Exception {
        try (Served served = new PlayedAgent(surface, domain).serve(root)) {
            DstackPlatform platform = open();
            String secret = key(platform);

            assertThat(platform.keyProvider())
                    .contains(new KeyProvider("kms", PlayedDomain.KMS_ID));
            assertThat(key(platform)).isEqualTo(secret).hasSize(64);
            assertThat(served.paths()).endsWith(surface.key, surface.key);
            domain.measure("compose-hash", "ff", 1);
            assertThat(key(open())).isNotEqualTo(secret);
        }
    }

    @Test
    void theVersion1KeyIsThatOfDstacksDocuments() throws Exception {
        try (Served served = new PlayedAgent(Surface.V1, domain).serve(root)) {
            DstackPlatform platform = open();
            String name =
                    "attestgate/sealing/v1/"
                            + HexFormat.of().formatHex(Digests.sha256(platform.registers()));

            assertThat(key(platform))
                    .isEqualTo(HexFormat.of().formatHex(PlayedAgent.derived(name, "secp256k1")));
            assertThat(served.paths()).contains("/v1/GetKey");
        }
    }

    @Test
    void theGoldenKeysOfDstacksDocumentsAreTaken() throws Exception {
        Json.Obj golden = golden();
        Json.Arr keys = (Json.Arr) golden.get("keys").orElseThrow();
        try (Served served = new PlayedAgent(Surface.V1, domain).serve(root)) {
            GuestAgent agent = GuestAgents.find(root, PATIENCE);
            for (Json each : keys.elements()) {
                Json.Obj row = (Json.Obj) each;
                byte[] derived = PlayedAgent.derived(text(row, "domain"), text(row, "algorithm"));
                assertThat(HexFormat.of().formatHex(derived)).isEqualTo(text(row, "key"));
                assertThat(
                                HexFormat.of()
                                        .formatHex(
                                                PlayedAgent.publicKey(
                                                        derived, text(row, "algorithm"))))
                        .isEqualTo(text(row, "publicKey"));
                if (text(row, "algorithm").equals("secp256k1")) {
                    try (SecretMemory key = agent.key(text(row, "domain"))) {
                        assertThat(key.<String, RuntimeException>lend(HexFormat.of()::formatHex))
                                .isEqualTo(text(row, "key"));
                    }
                }
            }
            assertThat(text(golden, "appRootKey")).isEqualTo(PlayedAgent.APP_ROOT_KEY);
            assertThat(served.paths()).filteredOn("/v1/GetKey"::equals).hasSize(3);
        }
    }

    private static Json.Obj golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DstackPlatformTest.class.getResourceAsStream("keys.json"))) {
            return (Json.Obj)
                    JsonReader.parse(in.readAllBytes(), 65_536).toOptional().orElseThrow();
        }
    }

    private static String text(Json.Obj object, String name) {
        return ((Json.Text) object.get(name).orElseThrow()).value();
    }

    @Test
    void anAgentThatFailsIsNotAskedInAnOlderVersion() throws Exception {
        PlayedAgent agent = new PlayedAgent(Surface.V0, domain);
        agent.altered.put(
                "/v1/Version", truth -> Served.answer("503 Unavailable", "{\"error\":\"later\"}"));
        try (Served served = agent.serve(root)) {
            assertThatExceptionOfType(PlatformException.class).isThrownBy(this::open);
            assertThat(served.paths()).containsExactly("/v1/Version");
        }
    }

    @Test
    void anAgentWithVersion1ButWithoutItsMethodIsNotAskedInAnOlderVersion() throws Exception {
        PlayedAgent agent = new PlayedAgent(Surface.V0, domain);
        agent.altered.put(
                "/v1/Version",
                truth ->
                        Served.answer(
                                "404 Not Found", "{\"error\":\"Service not found: Version\"}"));
        try (Served served = agent.serve(root)) {
            assertThatExceptionOfType(PlatformException.class).isThrownBy(this::open);
            assertThat(served.paths()).containsExactly("/v1/Version");
        }
    }

    @Test
    void aSystemWithoutAnAgentIsNamed() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(this::open)
                .withMessageContaining("dstack.sock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "tpm"})
    void aKeyProviderWithoutIdentitySealsNothing(String provider) throws Exception {
        PlayedDomain anonymous = PlayedDomain.with(PKI, provider, "");
        try (Served served = new PlayedAgent(Surface.V1, anonymous).serve(root)) {
            DstackPlatform platform = open();

            assertThat(platform.keyProvider()).isEmpty();
            assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> key(platform));
            assertThat(served.paths()).doesNotContain("/v1/GetKey");
        }
    }

    @Test
    void anEventThatIsMeasuredAfterTheStartEndsTheEvidence() throws Exception {
        try (Served served = new PlayedAgent(Surface.V0, domain).serve(root)) {
            DstackPlatform platform = open();
            domain.measure("somebody-else", "00", 1);

            assertThatExceptionOfType(PlatformException.class)
                    .isThrownBy(() -> platform.report(ReportData.of(new byte[1])));
            assertThat(served.paths()).endsWith("/GetQuote");
        }
    }

    /** What a hostile or broken agent answers to the question for a quote. */
    @SuppressWarnings("ImmutableEnumChecker") // Its functions are.
    enum Lie {
        NO_JSON(truth -> Served.ok("quote")),
        NO_QUOTE(truth -> Served.ok("{\"event_log\":\"[]\"}")),
        NO_HEX(truth -> Served.ok("{\"quote\":\"zz\",\"event_log\":\"[]\"}")),
        EMPTY_QUOTE(truth -> Served.ok("{\"quote\":\"\",\"event_log\":\"[]\"}")),
        NO_LOG(truth -> altered(truth, "\"event_log\":\".*\",\"vm", "\"event_log\":\"\",\"vm")),
        EMPTY_LOG(
                truth -> altered(truth, "\"event_log\":\".*\",\"vm", "\"event_log\":\"[]\",\"vm")),
        ANOTHER_LOG(truth -> altered(truth, "app-id", "app-if")),
        ANOTHER_DATA(
                truth ->
                        altered(
                                truth,
                                HexFormat.of().formatHex(ReportData.of(new byte[1]).bytes()),
                                "00".repeat(64))),
        ANOTHER_REGISTER(truth -> altered(truth, "aaaaaaaa", "aaaaaaab")),
        FAILURE(truth -> Served.answer("400 Bad Request", "{\"error\":\"no TDX here\"}")),
        REDIRECT(truth -> Served.answer("302 Found", "")),
        CUT(truth -> Arrays.copyOf(truth, truth.length - 1)),
        MORE(truth -> Arrays.copyOf(truth, truth.length + 1)),
        NOTHING(truth -> new byte[0]),
        HUGE(truth -> "HTTP/1.1 200 OK\r\nContent-Length: 4194305\r\n\r\n".getBytes(ASCII)),
        HUGE_CHUNK(
                truth ->
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"
                                .getBytes(ASCII)),
        HUGE_HEAD(truth -> ("HTTP/1.1 200 OK\r\na: " + "b".repeat(20_000)).getBytes(ASCII));

        private final UnaryOperator<byte[]> answer;

        Lie(UnaryOperator<byte[]> answer) {
            this.answer = answer;
        }

        private static byte[] altered(byte[] truth, String what, String by) {
            String text = new String(truth, StandardCharsets.UTF_8);
            return Served.ok(text.substring(text.indexOf("\r\n\r\n") + 4).replaceFirst(what, by));
        }
    }

    private static final java.nio.charset.Charset ASCII = StandardCharsets.US_ASCII;

    @ParameterizedTest
    @EnumSource
    void anAgentThatLiesAboutAQuoteIsFound(Lie lie) throws Exception {
        PlayedAgent agent = new PlayedAgent(Surface.V0, domain);
        try (Served served = agent.serve(root)) {
            DstackPlatform platform = open();
            agent.altered.put("/GetQuote", lie.answer);

            assertThatExceptionOfType(PlatformException.class)
                    .isThrownBy(() -> platform.report(ReportData.of(new byte[1])));
            assertThat(served.paths()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"attestation\":\"\"",
                "\"attestation\":\"00\"",
                "\"attestation\":\"81\"",
                "\"attestation\":\"80\"",
                "\"attestation\":7",
                "\"other\":\"00\""
            })
    void anAttestationThatIsNoneIsRefused(String member) throws Exception {
        PlayedAgent agent = new PlayedAgent(Surface.V1, domain);
        agent.altered.put("/v1/Attest", truth -> Served.ok("{" + member + "}"));
        try (Served served = agent.serve(root)) {
            assertThatExceptionOfType(PlatformException.class).isThrownBy(this::open);
            assertThat(served.paths()).hasSize(2);
        }
    }

    @Test
    void anAttestationOfAnotherPlatformIsRefusedByItsName() throws Exception {
        PlayedAgent agent = new PlayedAgent(Surface.V1, domain);
        byte[] nitro =
                MessagePackWriter.write(
                        java.util.Map.of(
                                "version", 1, "platform", java.util.Map.of("kind", "sev-snp")));
        agent.altered.put(
                "/v1/Attest",
                truth ->
                        Served.ok("{\"attestation\":\"" + HexFormat.of().formatHex(nitro) + "\"}"));
        try (Served served = agent.serve(root)) {
            assertThatExceptionOfType(PlatformException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining("sev-snp");
            assertThat(served.paths()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\":\"00\",\"public_key\":\"%2$s\"}",
                "{\"key\":\"%1$s\"}",
                "{\"key\":\"%1$s\",\"public_key\":\"02%3$s\"}",
                "{\"key\":\"%4$s\",\"public_key\":\"%2$s\"}",
                "{\"key\":\"%1$s"
            })
    void aKeyThatIsNotOneIsRefusedAndNotShown(String answer) throws Exception {
        byte[] key = PlayedAgent.derived("other", "secp256k1");
        String hex = HexFormat.of().formatHex(key);
        String shown = HexFormat.of().formatHex(PlayedAgent.publicKey(key, "secp256k1"));
        PlayedAgent agent = new PlayedAgent(Surface.V1, domain);
        agent.altered.put(
                "/v1/GetKey",
                truth -> Served.ok(answer.formatted(hex, shown, "11".repeat(32), "ff".repeat(32))));
        try (Served served = agent.serve(root)) {
            DstackPlatform platform = open();

            assertThatExceptionOfType(PlatformException.class)
                    .isThrownBy(() -> key(platform))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(hex.substring(0, 8)));
            assertThat(served.paths()).endsWith("/v1/GetKey");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"})
    void anAgentThatFallsSilentIsGivenUp(String beginning) throws Exception {
        PlayedAgent agent = new PlayedAgent(Surface.V1, domain);
        byte[] begun = beginning.getBytes(ASCII);
        byte[] stalled = Arrays.copyOf(begun, begun.length + Served.STALLED.length);
        System.arraycopy(Served.STALLED, 0, stalled, begun.length, Served.STALLED.length);
        agent.altered.put("/v1/Version", truth -> stalled);
        try (Served served = agent.serve(root)) {
            assertThatExceptionOfType(PlatformException.class)
                    .isThrownBy(
                            () ->
                                    DstackPlatform.open(
                                            root, new FragileDisk(), Duration.ofMillis(50)))
                    .withMessageContaining("no answer within");
            assertThat(served.paths()).hasSize(1);
        }
    }
}
