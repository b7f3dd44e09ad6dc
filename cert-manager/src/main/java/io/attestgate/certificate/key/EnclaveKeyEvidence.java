package io.attestgate.certificate.key;

import io.attestgate.attest.evidence.Attestor;
import io.attestgate.verify.EvidenceVerifier;
import io.attestgate.verify.Expectation;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.HardwareSource;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.claims.JsonClaims;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Evidence of the role {@code tls-key} by the platform that we run on. */
public final class EnclaveKeyEvidence implements KeyEvidence {
    /** How long one piece of evidence speaks; the keeper makes the next at half of it. */
    public static final Duration LIFE = Duration.ofDays(30);

    /** The slowest hardware answers in seconds, with others waiting before us. */
    static final Duration REPORT_WAIT_MAX = Duration.ofSeconds(60);

    private final Attestor attestor;
    private final EnclaveIdentity identity;
    private final Function<Hostname, Optional<EnforcedPolicy>> policy;
    private final Optional<HardwareSource> hardware;

    /**
     * @param hardware what our platform's evidence is judged by; empty on the simulated one, which
     *     nothing vouches for
     * @param policy what is enforced for a name by the newest snapshot; empty if it has none
     */
    public EnclaveKeyEvidence(
            Attestor attestor,
            EnclaveIdentity identity,
            Function<Hostname, Optional<EnforcedPolicy>> policy,
            Optional<HardwareSource> hardware) {
        this.attestor = attestor;
        this.identity = identity;
        this.policy = policy;
        this.hardware = hardware;
    }

    @Override
    public byte[] attest(TlsKey key, Instant now) throws KeyEvidenceException {
        EnforcedPolicy enforced =
                policy.apply(key.name())
                        .orElseThrow(
                                () -> new KeyEvidenceException("policy: none for " + key.name()));
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        TlsKeyClaims claims =
                new TlsKeyClaims(
                        key.csrSha256(),
                        issuedAt,
                        issuedAt.plus(LIFE),
                        key.name(),
                        key.spkiSha256(),
                        enforced.reference(),
                        enforced.documents(),
                        identity.config(),
                        identity.instance());
        return await(attestor.attest(claims.toBytes()).toCompletableFuture()).toBytes();
    }

    private static EvidenceEnvelope await(CompletableFuture<EvidenceEnvelope> report)
            throws KeyEvidenceException {
        try {
            return report.get(REPORT_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KeyEvidenceException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new KeyEvidenceException("report: none in " + REPORT_WAIT_MAX, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyEvidenceException("report: interrupted", e);
        }
    }

    @Override
    public Judgement judge(byte[] evidence, TlsKey key, Instant now) {
        return switch (EvidenceEnvelope.parse(evidence)) {
            case Parsed.Bad<EvidenceEnvelope> bad -> new Judgement.Bad(first(bad));
            case Parsed.Good<EvidenceEnvelope> good -> judge(good.value(), expected(key), now);
        };
    }

    /** Collateral that cannot be had proves nothing, so the evidence is not good now. */
    private Judgement judge(EvidenceEnvelope envelope, Expectation expected, Instant now) {
        if (hardware.isEmpty()) {
            return judged(EvidenceVerifier.verify(envelope, expected, now));
        }
        try {
            Hardware brought = hardware.get().of(envelope, expected, now);
            return judged(EvidenceVerifier.verify(envelope, expected, brought, now));
        } catch (IOException e) {
            return new Judgement.Bad("collateral: " + e.getMessage());
        }
    }

    private Expectation expected(TlsKey key) {
        return Expectation.of(Role.TLS_KEY, Set.of(identity.platform()))
                .withNonce(key.csrSha256())
                .withHost(key.name())
                .withTlsKey(key.spkiSha256())
                .withMeasurements(Set.of(identity.measurement()));
    }

    private static Judgement judged(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused refused -> new Judgement.Bad(refused.toString());
            case Verdict.Trusted trusted ->
                    trusted.claims() instanceof JsonClaims claims
                            ? new Judgement.Good(claims.issuedAt(), claims.notAfter())
                            : new Judgement.Bad("claims: not of role tls-key");
        };
    }

    private static String first(Parsed.Bad<EvidenceEnvelope> bad) {
        Fault fault = bad.faults().getFirst();
        return fault.toString();
    }
}
