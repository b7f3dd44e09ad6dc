package io.attestgate.verify.evidence;

import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import java.util.Optional;

/** What a genuine report says, in the terms that all platforms share. */
public final class PlatformReport {
    private final String platform;
    private final byte[] registers;
    private final Optional<Hash32> instance;
    private final Optional<Hash32> config;
    private final String restsOn;

    /**
     * @param platform its name in the measurement
     * @param registers the raw bytes that docs/measurement.md lists, concatenated
     * @param instance which single machine; empty if zero or masked
     * @param config the bootstrap file's digest, where the report itself carries it
     * @param restsOn who must be honest for this report to be true, in a phrase
     */
    public PlatformReport(
            String platform,
            byte[] registers,
            Optional<Hash32> instance,
            Optional<Hash32> config,
            String restsOn) {
        this.platform = platform;
        this.registers = registers.clone();
        this.instance = instance;
        this.config = config;
        this.restsOn = restsOn;
    }

    public String platform() {
        return platform;
    }

    /** A copy of the bytes. */
    public byte[] registers() {
        return registers.clone();
    }

    public Optional<Hash32> instance() {
        return instance;
    }

    public Optional<Hash32> config() {
        return config;
    }

    public String restsOn() {
        return restsOn;
    }

    /** This report, and in whom it rests that somebody can look into what runs, if he can. */
    public PlatformReport underDebug(boolean isDebug) {
        String open = "whoever has the machine, since debug is on and nothing is confidential; ";
        return isDebug
                ? new PlatformReport(platform, registers, instance, config, open + restsOn)
                : this;
    }

    /** What runs, together with that bootstrap file. */
    public Hash32 measurement(Hash32 configDigest) {
        return Measurement.of(platform, registers, configDigest);
    }

    @Override
    public String toString() {
        return "PlatformReport[%s, %s]".formatted(platform, Hex.write(registers));
    }
}
