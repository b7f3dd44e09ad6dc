package io.attestgate.certificate.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.attest.evidence.Attestor;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.certificate.key.KeyEvidence.Judgement;
import io.attestgate.certificate.key.KeyEvidence.KeyEvidenceException;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnclaveKeyEvidenceTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.5Z");
    private static final Hostname NAME = new Hostname("a.example");
    private static final Hash32 CODE = hash("code");
    private static final Hash32 CONFIG = hash("config");

    @TempDir Path folder;

    private final TlsKey key = TlsKey.make(NAME, new SecureRandom());

    @Test
    void aKeyOfOursVerifiesForAsLongAsItsEvidenceSpeaks() throws Exception {
        KeyEvidence ours = evidence(CODE, "simulated");
        byte[] made = ours.attest(key, NOW);
        Instant from = Instant.parse("2026-05-01T12:00:00Z");
        Instant until = from.plus(EnclaveKeyEvidence.LIFE);
        assertThat(ours.judge(made, key, NOW)).isEqualTo(new Judgement.Good(from, until));
        assertThat(ours.judge(made, key, until)).isInstanceOf(Judgement.Bad.class);
    }

    @Test
    void evidenceForAnotherKeyIsRefused() throws Exception {
        KeyEvidence ours = evidence(CODE, "simulated");
        byte[] made = ours.attest(key, NOW);
        TlsKey other = TlsKey.make(NAME, new SecureRandom());
        assertThat(ours.judge(made, other, NOW)).isInstanceOf(Judgement.Bad.class);
    }

    @Test
    void evidenceOfOtherCodeOrAnotherPlatformIsRefused() throws Exception {
        byte[] made = evidence(CODE, "simulated").attest(key, NOW);
        assertThat(evidence(hash("other code"), "simulated").judge(made, key, NOW))
                .isInstanceOf(Judgement.Bad.class);
        assertThat(evidence(CODE, "tdx").judge(made, key, NOW)).isInstanceOf(Judgement.Bad.class);
    }

    @Test
    void bytesThatAreNoEvidenceAreRefused() throws Exception {
        assertThat(evidence(CODE, "simulated").judge("{}".getBytes(UTF_8), key, NOW))
                .isInstanceOf(Judgement.Bad.class);
    }

    @Test
    void aNameWithoutPolicyGetsNoEvidence() throws Exception {
        KeyEvidence ours = evidence(CODE, "simulated");
        TlsKey stranger = TlsKey.make(new Hostname("b.example"), new SecureRandom());
        assertThatThrownBy(() -> ours.attest(stranger, NOW))
                .isInstanceOf(KeyEvidenceException.class);
    }

    private KeyEvidence evidence(Hash32 code, String platformName) throws Exception {
        Platform platform = SimulatedPlatform.open(code, folder, CONFIG);
        EnclaveIdentity identity =
                new EnclaveIdentity(
                        platformName, platform.measurement(CONFIG), CONFIG, platform.instance());
        return new EnclaveKeyEvidence(
                new Attestor(platform, Runnable::run),
                identity,
                name -> name.equals(NAME) ? Optional.of(policy()) : Optional.empty(),
                Optional.empty());
    }

    private static EnforcedPolicy policy() {
        return new EnforcedPolicy(
                new PolicyReference(
                        31337, Address.of(new byte[20]), 3, hash("head"), 17, hash("block")),
                new DocumentHashes(hash("host"), hash("gateway")));
    }

    private static Hash32 hash(String text) {
        return Hash32.of(Digests.sha256(text.getBytes(UTF_8)));
    }
}
