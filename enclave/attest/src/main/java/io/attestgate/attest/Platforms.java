package io.attestgate.attest;

import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.dstack.DstackPlatform;
import io.attestgate.attest.nitro.NitroPlatform;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.sgx.SgxPlatform;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.attest.tpm.TpmPlatform;
import io.attestgate.attest.tpm.TpmSettings;
import io.attestgate.attest.tsm.TsmPlatform;
import io.attestgate.attest.tsm.TsmProvider;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The platforms of this release, by the name that the bootstrap file gives. */
public final class Platforms {
    private static final String SGX = "sgx";
    private static final String TDX = "tdx";
    private static final String SNP = "snp";
    private static final String SIMULATED = "simulated";

    private static final String DSTACK = "dstack";
    private static final String NITRO = "nitro";

    private static final List<String> NAMES =
            List.of(SGX, TDX, SNP, DSTACK, NITRO, TpmPlatform.NAME, SIMULATED);

    /** Where device files and sockets are. */
    private static final Path ROOT = Path.of("/");

    private Platforms() {}

    /** What a bootstrap file may name, in the order of {@link Detection}. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Opens a platform; makes the state directory if it is not there.
     *
     * @param name one of {@link #names} that needs no more than its name
     */
    public static Platform open(String name, Path stateDirectory, Hash32 configDigest)
            throws PlatformException {
        return switch (name) {
            case SGX -> SgxPlatform.open(stateDirectory);
            case TDX -> TsmPlatform.open(TsmProvider.TDX, stateDirectory);
            case SNP -> TsmPlatform.open(TsmProvider.SNP, stateDirectory);
            case DSTACK -> DstackPlatform.open(ROOT, disk(stateDirectory));
            case NITRO -> NitroPlatform.open(ROOT, disk(stateDirectory));
            case SIMULATED -> SimulatedPlatform.open(stateDirectory, configDigest);
            default -> throw unknown(name);
        };
    }

    /** The measurement that a registry must allow for this code with that bootstrap file. */
    public static Hash32 measurement(String name, Hash32 configDigest) throws PlatformException {
        return Measurement.of(name, registers(name), configDigest);
    }

    private static byte[] registers(String name) throws PlatformException {
        return switch (name) {
            case SGX -> SgxPlatform.registersHere();
            case TDX -> TsmPlatform.registersHere(TsmProvider.TDX);
            case SNP -> TsmPlatform.registersHere(TsmProvider.SNP);
            case DSTACK -> DstackPlatform.runningSystem(ROOT);
            case NITRO -> NitroPlatform.runningEnclave(ROOT);
            case SIMULATED -> SimulatedPlatform.runningCode().bytes();
            default -> throw unknown(name);
        };
    }

    private static Disk disk(Path stateDirectory) throws PlatformException {
        try {
            return DirectoryDisk.open(stateDirectory);
        } catch (IOException e) {
            throw new PlatformException("state directory %s: %s".formatted(stateDirectory, e), e);
        }
    }

    /** Opens the platform {@code tpm}, of which the bootstrap file says more than the name. */
    public static TpmPlatform open(TpmSettings settings, Path stateDirectory, Hash32 configDigest)
            throws PlatformException {
        return TpmPlatform.open(settings, stateDirectory, configDigest);
    }

    /** The measurement of platform {@code tpm} as this machine has booted. */
    public static Hash32 measurement(TpmSettings settings, Hash32 configDigest)
            throws PlatformException {
        return Measurement.of(TpmPlatform.NAME, TpmPlatform.registersHere(settings), configDigest);
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(
                "platform: \"%s\" (expected: one of %s)".formatted(name, names()));
    }
}
