package io.attestgate.attest;

import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.dstack.DstackPlatform;
import io.attestgate.attest.nitro.NitroPlatform;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The platforms of this release, by the name that the bootstrap file gives. */
public final class Platforms {
    private static final String SIMULATED = "simulated";

    private static final String DSTACK = "dstack";
    private static final String NITRO = "nitro";

    private static final List<String> NAMES = List.of(DSTACK, NITRO, SIMULATED);

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
     * @param name one of {@link #names}
     */
    public static Platform open(String name, Path stateDirectory, Hash32 configDigest)
            throws PlatformException {
        return switch (name) {
            case DSTACK -> DstackPlatform.open(ROOT, disk(stateDirectory));
            case NITRO -> NitroPlatform.open(ROOT, disk(stateDirectory));
            case SIMULATED -> SimulatedPlatform.open(stateDirectory, configDigest);
            default -> throw unknown(name);
        };
    }

    /** The measurement that a registry must allow for this code with that bootstrap file. */
    public static Hash32 measurement(String name, Hash32 configDigest) throws PlatformException {
        return switch (name) {
            case DSTACK -> Measurement.of(name, DstackPlatform.runningSystem(ROOT), configDigest);
            case NITRO -> Measurement.of(name, NitroPlatform.runningEnclave(ROOT), configDigest);
            case SIMULATED ->
                    Measurement.of(name, SimulatedPlatform.runningCode().bytes(), configDigest);
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

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(
                "platform: \"%s\" (expected: one of %s)".formatted(name, names()));
    }
}
