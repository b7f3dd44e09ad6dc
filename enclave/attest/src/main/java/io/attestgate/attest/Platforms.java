package io.attestgate.attest;

import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Hash32;
import java.nio.file.Path;
import java.util.List;

/** The platforms of this release, by the name that the bootstrap file gives. */
public final class Platforms {
    private static final String SIMULATED = "simulated";

    private static final List<String> NAMES = List.of(SIMULATED);

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
            case SIMULATED -> SimulatedPlatform.open(stateDirectory, configDigest);
            default -> throw unknown(name);
        };
    }

    /** The measurement that a registry must allow for this code with that bootstrap file. */
    public static Hash32 measurement(String name, Hash32 configDigest) throws PlatformException {
        return switch (name) {
            case SIMULATED ->
                    Measurement.of(name, SimulatedPlatform.runningCode().bytes(), configDigest);
            default -> throw unknown(name);
        };
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(
                "platform: \"%s\" (expected: one of %s)".formatted(name, names()));
    }
}
