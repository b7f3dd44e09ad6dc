package io.attestgate.attest.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attestgate.attest.Platforms;
import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformContract;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.platform.TrustedRegisterContract;
import io.attestgate.verify.EvidenceVerifier;
import io.attestgate.verify.Expectation;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulatedPlatformTest implements PlatformContract, TrustedRegisterContract {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Hash32 CONFIG = hash(1);

    @TempDir private Path directory;

    @Override
    public Platform platformAfterStart() throws PlatformException {
        return Platforms.open("simulated", directory, CONFIG);
    }

    @Override
    public TrustedRegister registerAfterStart() throws PlatformException {
        return platformAfterStart().register();
    }

    private static Hash32 hash(int seed) {
        return Hash32.of(Digests.sha256(new byte[] {(byte) seed}));
    }

    private static TlsKeyClaims claims(Hash32 config) {
        return new TlsKeyClaims(
                hash(2),
                NOW,
                NOW.plusSeconds(60),
                new Hostname("a.example"),
                hash(3),
                new PolicyReference(1, Address.ZERO, 1, hash(4), 1, hash(5)),
                new DocumentHashes(hash(6), hash(7)),
                config,
                Optional.empty());
    }

    private static EvidenceEnvelope envelope(Platform platform, byte[] claims)
            throws PlatformException {
        return EvidenceEnvelope.of(claims, List.of(), platform.report(ReportData.of(claims)));
    }

    @Test
    void itsEvidenceIsTrustedWhereItIsAcceptedByName() throws PlatformException {
        Platform platform = Platforms.open("simulated", directory, CONFIG);
        EvidenceEnvelope envelope = envelope(platform, claims(CONFIG).toBytes());
        Expectation expectation =
                Expectation.of(Role.TLS_KEY, Set.of("simulated"))
                        .withMeasurements(Set.of(Platforms.measurement("simulated", CONFIG)));
        assertThat(EvidenceVerifier.verify(envelope, expectation, NOW))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted ->
                                assertThat(trusted.measurement()).isEqualTo(measurement(platform)));
    }

    private static Hash32 measurement(Platform platform) {
        try {
            return platform.measurement(CONFIG);
        } catch (PlatformException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itsEvidenceIsRefusedWhereItIsNotAcceptedByName() throws PlatformException {
        Platform platform = Platforms.open("simulated", directory, CONFIG);
        EvidenceEnvelope envelope = envelope(platform, claims(CONFIG).toBytes());
        assertThat(
                        EvidenceVerifier.verify(
                                envelope, Expectation.of(Role.TLS_KEY, Set.of("tdx")), NOW))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.check()).isEqualTo(Check.PLATFORM));
    }

    @Test
    void itSaysInTheSignedBytesThatThereIsNoHardware() throws PlatformException {
        Platform platform = Platforms.open("simulated", directory, CONFIG);
        byte[] cpu =
                Objects.requireNonNull(platform.report(ReportData.of(new byte[1])).get("cpu"))
                        .value();
        String body =
                new String(cpu, StandardCharsets.US_ASCII)
                        .replaceAll(".*\"body\":\"([^\"]*)\".*", "$1");
        assertThat(new String(Base64.getUrlDecoder().decode(body), StandardCharsets.US_ASCII))
                .contains("attestgate simulated evidence: no hardware");
    }

    @Test
    void claimsOfAnotherBootstrapFileAreRefused() throws PlatformException {
        Platform platform = Platforms.open("simulated", directory, CONFIG);
        EvidenceEnvelope envelope = envelope(platform, claims(hash(9)).toBytes());
        assertThat(
                        EvidenceVerifier.verify(
                                envelope, Expectation.of(Role.TLS_KEY, Set.of("simulated")), NOW))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.check()).isEqualTo(Check.CONFIG));
    }

    @Test
    void itsRegisterStaysExtendedThroughAPowerCut() throws PlatformException {
        FragileDisk disk = new FragileDisk();
        TrustedRegister register = SimulatedPlatform.of(hash(0), disk, CONFIG).register();
        register.extend(hash(1));
        register.extend(hash(2));
        for (int seed = 0; seed < 20; seed++) {
            FragileDisk left = disk.afterPowerCut(new SplittableRandom(seed));
            assertThat(SimulatedPlatform.of(hash(0), left, CONFIG).register().read())
                    .isEqualTo(register.read());
        }
    }

    @Test
    void aPlatformOfAnotherNameIsABug() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Platforms.open("elsewhere", directory, CONFIG));
    }
}
