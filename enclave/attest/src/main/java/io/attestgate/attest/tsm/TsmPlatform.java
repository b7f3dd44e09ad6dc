package io.attestgate.attest.tsm;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.platform.FileRegister;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A trust domain of Intel's or a guest of AMD's.
 *
 * <p>Every report is taken apart before it goes out: it must be the named platform's and carry what
 * was asked. That finds mistakes. Whether it is genuine is for its readers to judge; TDX's is made
 * by the host, so a lying host gets a gateway that nobody trusts.
 */
public final class TsmPlatform implements Platform {
    /** What a report is asked for that only this process reads. */
    private static final byte[] NOTHING = new byte[ReportData.SIZE_BYTES];

    private final TsmProvider provider;
    private final TsmReports reports;
    private final SealingRoot root;
    private final TrustedRegister register;

    TsmPlatform(
            TsmProvider provider, TsmReports reports, SealingRoot root, TrustedRegister register) {
        this.provider = provider;
        this.reports = reports;
        this.root = root;
        this.register = register;
    }

    /** That platform of this machine, with its register in the state directory. */
    public static TsmPlatform open(TsmProvider provider, Path stateDirectory)
            throws PlatformException {
        TsmMachine machine = TsmMachine.here();
        provider.require(machine.reports().provider());
        try {
            return new TsmPlatform(
                    provider,
                    machine.reports(),
                    machine.root(provider),
                    new FileRegister(DirectoryDisk.open(stateDirectory)));
        } catch (IOException e) {
            throw new PlatformException("state directory %s: %s".formatted(stateDirectory, e), e);
        }
    }

    /** What {@link #registers} holds for the code that runs, without a state directory. */
    public static byte[] registersHere(TsmProvider provider) throws PlatformException {
        return evidence(provider, TsmMachine.here().reports(), NOTHING).registers().bytes();
    }

    @Override
    public String name() {
        return provider.platform();
    }

    @Override
    public byte[] registers() throws PlatformException {
        return evidence(NOTHING).registers().bytes();
    }

    @Override
    public Map<String, CmwRecord> report(ReportData data) throws PlatformException {
        return Map.of("cpu", evidence(data.bytes()).record());
    }

    private TsmEvidence evidence(byte[] data) throws PlatformException {
        return evidence(provider, reports, data);
    }

    private static TsmEvidence evidence(TsmProvider provider, TsmReports reports, byte[] data)
            throws PlatformException {
        TsmReport report = reports.make(data);
        provider.require(report.provider());
        TsmEvidence evidence = provider.read(report);
        if (!evidence.reportData().equals(Octets.of(data))) {
            throw new PlatformException(
                    "report data: %s (expected: %s, as asked)"
                            .formatted(evidence.reportData(), Octets.of(data)));
        }
        return evidence;
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public SecretMemory sealingSecret() throws PlatformException {
        return root.secret();
    }

    @Override
    public TrustedRegister register() {
        return register;
    }

    /** Neither vendor has a register that outlives the guest. */
    @Override
    public Rollback rollback() {
        return Rollback.UNPROTECTED;
    }

    /** By the PPID in the quote's own chain, or the CHIP_ID. */
    @Override
    public Optional<Hash32> instance() throws PlatformException {
        return evidence(NOTHING).instance();
    }
}
