package io.attestgate.attest;

import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Hash32;
import java.nio.file.Path;
import java.util.Set;

/** The platforms of this release, by the name that the bootstrap file gives. */
public final class Platforms {
    private static final String SIMULATED = "simulated";

    private Platforms() {}

    /** What a bootstrap file may name. */
    public static Set<String> names() {
        return Set.of(SIMULATED);
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
