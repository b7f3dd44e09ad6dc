package io.attestgate.attest.simulated;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.platform.FileRegister;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.simulated.SimulatedEvidence;
import io.attestgate.verify.simulated.SimulatedReport;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The platform without hardware, for demos and tests.
 *
 * <p>Its reports are signed by a key that everybody has. Its sealing secret is the digest of the
 * running code, so that a changed jar opens nothing; whoever has the jars has the secret.
 */
public final class SimulatedPlatform implements Platform {
    private final Hash32 code;
    private final Hash32 configDigest;
    private final TrustedRegister register;

    private SimulatedPlatform(Hash32 code, Hash32 configDigest, TrustedRegister register) {
        this.code = code;
        this.configDigest = configDigest;
        this.register = register;
    }

    /** Of the code that runs, with its register in the state directory. */
    public static SimulatedPlatform open(Path stateDirectory, Hash32 configDigest)
            throws PlatformException {
        return open(runningCode(), stateDirectory, configDigest);
    }

    /** Of code that is said to run, for tests of what other code may open. */
    public static SimulatedPlatform open(Hash32 code, Path stateDirectory, Hash32 configDigest)
            throws PlatformException {
        try {
            return of(code, DirectoryDisk.open(stateDirectory), configDigest);
        } catch (IOException e) {
            throw new PlatformException("state directory %s: %s".formatted(stateDirectory, e), e);
        }
    }

    /** On any disk. */
    public static SimulatedPlatform of(Hash32 code, Disk disk, Hash32 configDigest) {
        return new SimulatedPlatform(code, configDigest, new FileRegister(disk));
    }

    /** What {@link #registers} holds for the code that runs. */
    public static Hash32 runningCode() throws PlatformException {
        try {
            return RunningCode.digest();
        } catch (IOException e) {
            throw new PlatformException("running jars: " + e, e);
        }
    }

    @Override
    public String name() {
        return SimulatedReport.KIND;
    }

    @Override
    public byte[] registers() {
        return code.bytes();
    }

    @Override
    public Map<String, CmwRecord> report(ReportData data) {
        byte[] body = new SimulatedReport(code, data, configDigest).toBytes();
        return Map.of("cpu", SimulatedEvidence.of(body, DevelopmentKey.sign(body)).toRecord());
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public SecretMemory sealingSecret() {
        return SecretMemory.move(code.bytes());
    }

    @Override
    public TrustedRegister register() {
        return register;
    }

    /** The register is a file of the operator's. */
    @Override
    public Rollback rollback() {
        return Rollback.UNPROTECTED;
    }

    /** None: there is no machine to tell from another. */
    @Override
    public Optional<Hash32> instance() {
        return Optional.empty();
    }
}
