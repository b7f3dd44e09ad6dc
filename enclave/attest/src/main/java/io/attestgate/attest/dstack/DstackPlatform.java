package io.attestgate.attest.dstack;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.dstack.GuestAgent.Quoted;
import io.attestgate.attest.platform.FileRegister;
import io.attestgate.attest.platform.KeyProvider;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A TDX domain that dstack's system runs: quotes and the key provider's secret come from its guest
 * agent.
 *
 * <p>The sealing secret is the provider's, named in {@link #keyProvider}: he, and whatever code he
 * gives this app's keys to, can open what is sealed here. The name that it is asked under holds the
 * registers, so that other code that is honest does not get it by accident.
 */
public final class DstackPlatform implements Platform {
    /** More than a busy quoting enclave has been seen to take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of the quote that is taken to read the registers, which nobody is shown. */
    private static final ReportData NOBODYS = ReportData.of(new byte[0]);

    private static final String KEY_DOMAIN = "attestgate/sealing/v1/";

    private final GuestAgent agent;
    private final MeasuredSystem system;
    private final TrustedRegister register;

    private DstackPlatform(GuestAgent agent, MeasuredSystem system, TrustedRegister register) {
        this.agent = agent;
        this.system = system;
        this.register = register;
    }

    /**
     * Finds the agent and takes a quote, which says what is measured.
     *
     * @param root the file system, {@code /}
     * @param state has the register's file, since dstack has no register that is trusted
     */
    public static DstackPlatform open(Path root, Disk state) throws PlatformException {
        return open(root, state, PATIENCE);
    }

    static DstackPlatform open(Path root, Disk state, Duration patience) throws PlatformException {
        GuestAgent agent = GuestAgents.find(root, patience);
        return new DstackPlatform(agent, measured(agent), new FileRegister(state));
    }

    /** What {@link #registers} holds for the system that runs. */
    public static byte[] runningSystem(Path root) throws PlatformException {
        return measured(GuestAgents.find(root, PATIENCE)).registers().bytes();
    }

    private static MeasuredSystem measured(GuestAgent agent) throws PlatformException {
        return MeasuredSystem.of(agent.quote(NOBODYS), NOBODYS);
    }

    @Override
    public String name() {
        return MeasuredSystem.PLATFORM;
    }

    @Override
    public byte[] registers() {
        return system.registers().bytes();
    }

    /**
     * A quote and its log.
     *
     * @throws PlatformException also if an event was measured since the start, by whatever runs
     *     beside this code: nobody would take such evidence for this code's
     */
    @Override
    public Map<String, CmwRecord> report(ReportData data) throws PlatformException {
        Quoted quoted = agent.quote(data);
        MeasuredSystem now = MeasuredSystem.of(quoted, data);
        if (!now.registers().equals(system.registers())) {
            throw new PlatformException(
                    "registers: %s (expected: those of the start, %s)"
                            .formatted(shortened(now), shortened(system)));
        }
        return Map.of("cpu", record(name(), quoted.quote()), "eventlog", log(quoted.log()));
    }

    private static CmwRecord log(byte[] log) throws PlatformException {
        return record(MeasuredSystem.PLATFORM + ".eventlog", log);
    }

    private static CmwRecord record(String kind, byte[] value) throws PlatformException {
        if (value.length > CmwRecord.VALUE_BYTES_MAX) {
            throw new PlatformException(
                    "%s: %d bytes (expected: at most %d)"
                            .formatted(kind, value.length, CmwRecord.VALUE_BYTES_MAX));
        }
        return CmwRecord.of(kind, value);
    }

    private static String shortened(MeasuredSystem system) {
        return "SHA-256 " + sha256(system.registers());
    }

    private static String sha256(Octets bytes) {
        return HexFormat.of().formatHex(Digests.sha256(bytes.bytes()));
    }

    /**
     * The key provider's secret for this app and these registers.
     *
     * @throws PlatformException if the measured log names no provider: a key that the next start
     *     would not get, or whose maker nobody could hold to account, seals nothing
     */
    @Override
    @MustBeClosed
    public SecretMemory sealingSecret() throws PlatformException {
        if (keyProvider().isEmpty()) {
            throw new PlatformException(
                    "sealing secret: no key provider (expected: the event key-provider in the"
                            + " measured log, with name and id; a TDX domain has no secret of its"
                            + " own)");
        }
        return agent.key(KEY_DOMAIN + sha256(system.registers()));
    }

    @Override
    public Optional<KeyProvider> keyProvider() {
        return system.keyProvider();
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

    @Override
    public Optional<Hash32> instance() {
        return system.instance();
    }

    /** The surface of the agent that answers, for people. */
    @Override
    public String toString() {
        return "DstackPlatform[" + agent.surface() + "]";
    }
}
