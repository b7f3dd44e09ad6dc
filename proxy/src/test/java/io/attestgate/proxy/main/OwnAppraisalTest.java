package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.evidence.Attestor;
import io.attestgate.certificate.key.EnclaveIdentity;
import io.attestgate.certificate.key.EnclaveKeyEvidence;
import io.attestgate.certificate.key.EnforcedPolicy;
import io.attestgate.certificate.key.KeyEvidence.Judgement;
import io.attestgate.certificate.key.TlsKey;
import io.attestgate.policy.document.EvidenceRoot;
import io.attestgate.policy.document.TcbState;
import io.attestgate.verify.HardwareSource;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** We judge our own hardware as a reader would, and do not outlive a change of the verdict. */
final class OwnAppraisalTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final DcapPki PKI = DcapPki.at(NOW);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CollateralSource UP_TO_DATE =
            (kind, evidence) -> DcapCollateral.upToDate(PKI, NOW).make();
    private static final CollateralSource SILENT =
            (kind, evidence) -> {
                throw new IOException("nobody answers");
            };

    private final QuotingPlatform platform = new QuotingPlatform(PKI);
    private CollateralSource current = UP_TO_DATE;

    private EnclaveIdentity identity = identity(platform.instance());
    private Instant now = NOW;

    private EnclaveIdentity identity(Optional<Hash32> instance) {
        Hash32 measurement = Measurement.of(platform.name(), platform.registers(), Hash32.ZERO);
        return new EnclaveIdentity(platform.name(), measurement, Hash32.ZERO, instance);
    }

    private OwnAppraisal appraisal() {
        AppraisalPolicy policy =
                new AppraisalPolicy(
                        Set.of(PKI.rootHash()),
                        Map.of(
                                io.attestgate.verify.evidence.TcbState.UP_TO_DATE,
                                NOW.plusSeconds(60)),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED);
        return new OwnAppraisal(
                platform::report,
                identity,
                new HardwareSource(policy, (kind, evidence) -> current.fetch(kind, evidence)),
                RANDOM);
    }

    private OwnState state() throws StartException {
        return OwnState.judge(appraisal(), () -> now);
    }

    @Test
    void theStateAtTheStartIsTheVendors() throws StartException {
        assertThat(state().tcb()).isEqualTo(TcbState.UP_TO_DATE);
        assertThat(state().roots())
                .containsExactly(new EvidenceRoot(PKI.rootHash().toString(), PKI.rootHash()));
    }

    @Test
    void goodEvidenceOfAnotherMachineIsNotOurOwn() {
        identity = identity(Optional.of(Hash32.ZERO));

        assertThat(appraisal().judge(NOW))
                .isInstanceOfSatisfying(
                        OwnAppraisal.State.Refused.class,
                        refused ->
                                assertThat(refused.refusal().check()).isEqualTo(Check.MEASUREMENT));
    }

    @Test
    void aDebugPlatformDoesNotStart() {
        platform.attributes = 1;

        assertThat(appraisal().judge(NOW))
                .isInstanceOfSatisfying(
                        OwnAppraisal.State.Refused.class,
                        refused -> assertThat(refused.refusal().check()).isEqualTo(Check.DEBUG));
        assertThatExceptionOfType(StartException.class).isThrownBy(this::state);
    }

    @Test
    void withoutCollateralOrDeviceNothingStarts() {
        current = SILENT;
        assertThat(appraisal().judge(NOW)).isInstanceOf(OwnAppraisal.State.Unknown.class);
        assertThatExceptionOfType(StartException.class).isThrownBy(this::state);

        current = UP_TO_DATE;
        platform.broken = true;
        assertThatExceptionOfType(StartException.class).isThrownBy(this::state);
    }

    @Test
    void aStateThatStaysAndAServiceThatIsSilentEndNothing() throws StartException {
        OwnState state = state();

        state.judgeAgain();
        current = SILENT;
        state.judgeAgain();

        assertThat(state.changed()).isEmpty();
    }

    @Test
    void silenceIsBorneUntilTheNewestVerdictExpires() throws StartException {
        OwnState state = state();

        current = SILENT;
        now = NOW.plusSeconds(59);
        state.judgeAgain();
        assertThat(state.changed()).isEmpty();

        now = NOW.plusSeconds(60);
        state.judgeAgain();
        assertThat(state.changed()).isPresent();
    }

    @Test
    void aWatchThatFailsEndsTheProcess() throws StartException {
        OwnState state = state();
        current =
                (kind, evidence) -> {
                    throw new IllegalStateException("a bug of ours");
                };

        try (ScheduledThreadPoolExecutor atOnce = new AtOnce()) {
            state.watch(atOnce);
        }

        assertThat(state.changed()).isPresent();
    }

    @Test
    void aPlatformThatIsRefusedLaterEndsTheProcess() throws StartException {
        OwnState state = state();

        current = (kind, evidence) -> Bundle.empty();
        state.judgeAgain();

        assertThat(state.changed())
                .hasValueSatisfying(why -> assertThat(why).contains("COLLATERAL"));
    }

    @Test
    void evidenceForAKeyIsJudgedWithCollateralOrNotGood() throws Exception {
        TlsKey key = TlsKey.make(new Hostname("a.example"), RANDOM);
        EnclaveKeyEvidence evidence = keyEvidence();
        byte[] made = evidence.attest(key, NOW);

        assertThat(evidence.judge(made, key, NOW)).isInstanceOf(Judgement.Good.class);
        current = SILENT;
        assertThat(evidence.judge(made, key, NOW))
                .isInstanceOfSatisfying(
                        Judgement.Bad.class,
                        bad -> assertThat(bad.reason()).contains("collateral"));
        current = (kind, bytes) -> Bundle.empty();
        assertThat(evidence.judge(made, key, NOW)).isInstanceOf(Judgement.Bad.class);
    }

    private EnclaveKeyEvidence keyEvidence() throws Exception {
        EnforcedPolicy enforced =
                new EnforcedPolicy(
                        new PolicyReference(1, Address.ZERO, 1, Hash32.ZERO, 1, Hash32.ZERO),
                        new DocumentHashes(Hash32.ZERO, Hash32.ZERO));
        return new EnclaveKeyEvidence(
                new Attestor(platform, Runnable::run),
                new EnclaveIdentity(
                        platform.name(),
                        platform.measurement(Hash32.ZERO),
                        Hash32.ZERO,
                        platform.instance()),
                name -> Optional.of(enforced),
                Optional.of(appraisal().source()));
    }

    /** Does not wait before the first time. */
    private static final class AtOnce extends ScheduledThreadPoolExecutor {
        AtOnce() {
            super(1);
            setContinueExistingPeriodicTasksAfterShutdownPolicy(true);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(
                Runnable command, long initialDelay, long delay, TimeUnit unit) {
            return super.scheduleWithFixedDelay(command, 0, delay, unit);
        }
    }
}
