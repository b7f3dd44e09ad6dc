package io.attestgate.attest.evidence;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A platform whose report takes a quarter of a second of a clock that only it moves. */
final class SlowDevice implements Platform, InstantSource {
    static final Duration REPORT_TAKES = Duration.ofMillis(250);

    private final Platform behind;
    private final Runnable meanwhile;
    private Instant now = Instant.EPOCH;
    private int reports;
    private boolean broken;

    /** {@code meanwhile} runs while a report is being made: others arrive then. */
    SlowDevice(Platform behind, Runnable meanwhile) {
        this.behind = behind;
        this.meanwhile = meanwhile;
    }

    int reports() {
        return reports;
    }

    void breakDown() {
        broken = true;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Map<String, CmwRecord> report(ReportData data) throws PlatformException {
        meanwhile.run();
        now = now.plus(REPORT_TAKES);
        reports++;
        if (broken) {
            throw new PlatformException("device: no answer");
        }
        return behind.report(data);
    }

    @Override
    public String name() {
        return behind.name();
    }

    @Override
    public byte[] registers() throws PlatformException {
        return behind.registers();
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public SecretMemory sealingSecret() throws PlatformException {
        return behind.sealingSecret();
    }

    @Override
    public TrustedRegister register() {
        return behind.register();
    }

    @Override
    public Rollback rollback() {
        return behind.rollback();
    }

    @Override
    public Optional<Hash32> instance() throws PlatformException {
        return behind.instance();
    }
}
