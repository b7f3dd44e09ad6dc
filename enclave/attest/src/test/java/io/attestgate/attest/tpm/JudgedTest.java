package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.verify.EvidenceVerifier;
import io.attestgate.verify.Expectation;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.tpm.Credential;
import io.attestgate.verify.tpm.TpmHash;
import io.attestgate.verify.tpm.TpmPolicy;
import io.attestgate.verify.tpm.TpmPublic;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform's evidence before the verifier, from the key's activation to the verdict. */
@RequiresPeer("swtpm")
final class JudgedTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir private Path directory;
    private TestTpm tpm;

    @BeforeEach
    void start() throws IOException {
        tpm = TestTpm.start();
    }

    @AfterEach
    void stop() throws IOException {
        tpm.close();
    }

    private static TlsKeyClaims claims(Optional<Hash32> instance) {
        return new TlsKeyClaims(
                TestTpm.hash("nonce"),
                NOW,
                NOW.plusSeconds(60),
                new Hostname("a.example"),
                TestTpm.hash("key"),
                new PolicyReference(1, Address.ZERO, 1, Hash32.ZERO, 1, Hash32.ZERO),
                new DocumentHashes(Hash32.ZERO, Hash32.ZERO),
                TestTpm.CONFIG,
                instance);
    }

    private static EvidenceEnvelope envelope(TpmPlatform platform) throws PlatformException {
        byte[] claims = claims(platform.instance()).toBytes();
        return EvidenceEnvelope.of(claims, List.of(), platform.report(ReportData.of(claims)));
    }

    /** Of a reader who knows that key as one of that TPM, and wants those PCRs. */
    private static Hardware reader(Map<Octets, Octets> activated) {
        TpmPolicy policy =
                new TpmPolicy(
                        new TpmPolicy.KeyRule(Set.of(), false, Set.of(), Set.of(), activated),
                        new TpmPolicy.PcrRule(
                                io.attestgate.verify.tpm.PcrSelection.of(
                                        TpmHash.SHA256, TestTpm.PCRS.pcrs()),
                                Map.of()),
                        new TpmPolicy.ClockRule(false, OptionalLong.empty(), OptionalLong.empty()),
                        Optional.empty(),
                        new TreeSet<>(),
                        Revocation.IF_PRESENT);
        return new Hardware(
                Bundle.empty(),
                new AppraisalPolicy(
                                Set.of(),
                                Map.of(TcbState.UNJUDGED, NOW.plusSeconds(3600)),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(policy));
    }

    private static Octets name(byte[] publicArea) {
        return TpmName.of(publicArea).octets();
    }

    private static Verdict verdict(EvidenceEnvelope envelope, Hardware reader) {
        Expectation expectation = Expectation.of(Role.TLS_KEY, Set.of("tpm"));
        return EvidenceVerifier.verify(envelope, expectation, reader, NOW);
    }

    @Test
    void itsEvidenceIsTrustedByWhoHasSeenTheKeyActivated() throws Exception {
        try (TpmPlatform platform = tpm.open(directory)) {
            byte[] key = platform.attestationKey();
            TpmPublic ek = TpmPublic.parse(platform.endorsementKey()).toOptional().orElseThrow();
            byte[] secret = "a secret of the reader's".getBytes(StandardCharsets.UTF_8);
            Credential credential = Credential.make(ek, name(key), secret, new SecureRandom());
            assertThat(
                            platform.activate(
                                    credential.idObject().bytes(),
                                    credential.encryptedSecret().bytes()))
                    .isEqualTo(secret);
            Map<Octets, Octets> activated = Map.of(name(key), name(platform.endorsementKey()));
            assertThat(verdict(envelope(platform), reader(activated)))
                    .isInstanceOfSatisfying(
                            Verdict.Trusted.class,
                            trusted ->
                                    assertThat(trusted.measurement())
                                            .isEqualTo(measurement(platform)));
        }
    }

    private static Hash32 measurement(TpmPlatform platform) {
        try {
            return platform.measurement(TestTpm.CONFIG);
        } catch (PlatformException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itsEvidenceIsRefusedByWhoKnowsAnotherTpm() throws Exception {
        try (TpmPlatform platform = tpm.open(directory)) {
            Map<Octets, Octets> other = Map.of(name(new byte[1]), name(platform.endorsementKey()));
            assertThat(check(verdict(envelope(platform), reader(other)))).isEqualTo(Check.SIGNER);
        }
    }

    @Test
    void aTpmThatIsPlayedToTheEnclaveAloneShowsInItsEvidence() throws Exception {
        try (TpmPlatform platform = tpm.open(directory)) {
            Map<Octets, Octets> activated =
                    Map.of(name(platform.attestationKey()), name(platform.endorsementKey()));
            byte[] claims = claims(Optional.of(TestTpm.hash("the played one"))).toBytes();
            EvidenceEnvelope envelope =
                    EvidenceEnvelope.of(claims, List.of(), platform.report(ReportData.of(claims)));
            assertThat(check(verdict(envelope, reader(activated)))).isEqualTo(Check.INSTANCE);
        }
    }

    private static Check check(Verdict verdict) {
        return ((Verdict.Refused) verdict).check();
    }
}
