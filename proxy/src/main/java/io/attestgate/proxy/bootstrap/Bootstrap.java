package io.attestgate.proxy.bootstrap;

import io.attestgate.attest.Platforms;
import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.detection.LesserPlatform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.tpm.TpmPlatform;
import io.attestgate.attest.tpm.TpmSettings;
import io.attestgate.collateral.VendorServices;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code attestgate.yaml} says, whole and right.
 *
 * @param chain which contract is obeyed, and how it is read
 * @param platform the platform's name, one of this release's
 * @param lesserPlatform whether a better one that the machine has may be left aside
 * @param tpm which TPM and PCRs, with platform {@code tpm} alone
 * @param appraisal by what the platform judges its own evidence; empty where no vendor vouches for
 *     it
 * @param collateral whom to ask for what vendors publish about that platform
 * @param state the absolute path of the directory of the sealed state, which this process locks
 * @param listeners where it listens
 * @param acme how it meets the certificate authorities that the contract names
 * @param drain how long open requests may go on after a signal to stop
 * @param configDigest SHA-256 of the file's exact bytes, which goes into the measurement
 */
public record Bootstrap(
        ChainAnchor chain,
        String platform,
        LesserPlatform lesserPlatform,
        Optional<TpmSettings> tpm,
        Optional<AppraisalPolicy> appraisal,
        VendorServices collateral,
        Path state,
        Listeners listeners,
        AcmeSettings acme,
        Duration drain,
        Hash32 configDigest) {

    /** The file's customary name. */
    public static final String FILE_NAME = "attestgate.yaml";

    /** The platform that proves nothing, and therefore may be run beside a chain of one's own. */
    public static final String SIMULATED = "simulated";

    public Bootstrap {
        if (chain.trust() == Trust.DEVNET && !platform.equals(SIMULATED)) {
            throw new IllegalArgumentException(
                    "trust: devnet on %s (expected: on %s only)".formatted(platform, SIMULATED));
        }
        if (tpm.isPresent() != platform.equals(TpmPlatform.NAME)) {
            throw new IllegalArgumentException(
                    "tpm: %s on %s (expected: on tpm and nowhere else)".formatted(tpm, platform));
        }
        if (appraisal.isPresent() != isAppraised(platform)) {
            throw new IllegalArgumentException(
                    "appraisal: on %s (expected: where a vendor vouches for the platform)"
                            .formatted(platform));
        }
    }

    /** Whether a vendor vouches for that platform, by whose root and collateral it is judged. */
    static boolean isAppraised(String platform) {
        return !platform.equals(SIMULATED) && !platform.equals(TpmPlatform.NAME);
    }

    /** The measurement of the code that runs, with this file. */
    public Hash32 measurement() throws PlatformException {
        return tpm.isPresent()
                ? Platforms.measurement(tpm.get(), configDigest)
                : Platforms.measurement(platform, configDigest);
    }

    /**
     * Accepts a machine, or says why a gateway with this file would not start on it.
     *
     * @throws PlatformException as {@link Detection#require}
     */
    public void requireOn(Detection machine) throws PlatformException {
        tpm.map(settings -> machine.with(TpmPlatform.NAME, settings.device()))
                .orElse(machine)
                .require(platform, lesserPlatform);
    }

    /** Room for about fifty root certificates, which are the only large thing in it. */
    public static final int FILE_BYTES_MAX = 256 * 1024;

    /**
     * Reads the file once: the bytes that are judged are the bytes that are measured.
     *
     * @throws IOException if the file cannot be read
     */
    public static Parsed<Bootstrap> read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(FILE_BYTES_MAX + 1);
        }
        Path name = file.getFileName();
        return parse(name == null ? FILE_NAME : name.toString(), bytes);
    }

    /**
     * Judges the bytes of a file.
     *
     * @param file its name, for messages only
     * @return the bootstrap, or every fault with its line and column
     */
    public static Parsed<Bootstrap> parse(String file, byte[] utf8) {
        if (utf8.length > FILE_BYTES_MAX) {
            String rule = "at most %d bytes".formatted(FILE_BYTES_MAX);
            return Parsed.bad(new Fault(file + ": size", "larger", rule));
        }
        Hash32 digest = Hash32.of(Digests.sha256(utf8));
        return BootstrapReader.read(file, utf8, digest);
    }
}
