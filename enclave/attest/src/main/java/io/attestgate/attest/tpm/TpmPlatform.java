package io.attestgate.attest.tpm;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.seal.StateLock;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.attest.tpm.Channel.Primary;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * A machine whose boot a TPM 2.0 has measured (docs/platform-tpm.md).
 *
 * <p>At the first start it makes a secret and seals it for the PCRs as they stand; the file {@code
 * tpm} in the state directory holds it as the TPM wrapped it. Closing frees what the TPM has loaded
 * for it. One command at a time goes to the TPM, whichever thread asks.
 */
public final class TpmPlatform implements Platform, AutoCloseable {
    public static final String NAME = "tpm";

    private static final String MEMBER = "tpm";

    /** inode(7): the type of a file in its mode, and a socket's. */
    private static final int FILE_TYPE = 0170000;

    private static final int SOCKET = 0140000;

    private final Channel channel;
    private final StateFiles files;
    private final PcrSelection pcrs;
    private final Hash32 config;
    private final TpmState state;
    private final SecretMemory registerValue;

    @SuppressWarnings("MustBeClosedChecker") // Closing closes it.
    private TpmPlatform(
            Channel channel, StateFiles files, PcrSelection pcrs, Hash32 config, TpmState state)
            throws TpmException {
        this.channel = channel;
        this.files = files;
        this.pcrs = pcrs;
        this.config = config;
        this.state = state;
        try (SecretMemory secret = open()) {
            this.registerValue = SecretMemory.move(secret.lend(FirstStart::registerValue));
        }
    }

    /**
     * On the device that the bootstrap file names. Holds the state directory meanwhile, so that of
     * two first starts one is refused before it makes anything in the TPM.
     */
    public static TpmPlatform open(TpmSettings settings, Path stateDirectory, Hash32 config)
            throws PlatformException {
        Disk disk = disk(stateDirectory);
        try (StateLock held = StateLock.acquire(stateDirectory)) {
            assert held != null;
            return of(transport(settings.device()), disk, settings, config);
        } catch (SealException e) {
            throw new PlatformException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unusable(settings, e);
        }
    }

    private static Disk disk(Path stateDirectory) throws PlatformException {
        try {
            return DirectoryDisk.open(stateDirectory);
        } catch (IOException e) {
            throw new PlatformException("state directory %s: %s".formatted(stateDirectory, e), e);
        }
    }

    /** The registers of this machine, whatever its state directory holds. */
    public static byte[] registersHere(TpmSettings settings) throws PlatformException {
        try (Channel channel =
                Channel.open(new Tpm(transport(settings.device())), new SecureRandom())) {
            PcrSelection pcrs = settings.pcrs();
            return registers(pcrs, Pcrs.read(channel, pcrs).digest());
        } catch (IOException e) {
            throw unusable(settings, e);
        } catch (TpmException e) {
            throw e.toPlatformException();
        }
    }

    static PlatformException unusable(TpmSettings settings, IOException e) {
        return new PlatformException(
                "TPM %s: %s (expected: a device that this process may read and write)"
                        .formatted(settings.device(), e),
                e);
    }

    static TpmTransport transport(Path device) throws IOException {
        int mode = (int) Files.getAttribute(device, "unix:mode");
        return (mode & FILE_TYPE) == SOCKET ? TpmSocket.open(device) : TpmDevice.open(device);
    }

    /** Over any transport, which closing closes; so does a failure. */
    public static TpmPlatform of(
            TpmTransport transport, Disk disk, TpmSettings settings, Hash32 config)
            throws PlatformException {
        StateFiles files = new StateFiles(disk);
        Tpm tpm = new Tpm(transport);
        try {
            return of(tpm, files, files.state(), settings, config);
        } catch (TpmException e) {
            closeQuietly(tpm, e);
            throw e.toPlatformException();
        }
    }

    private static TpmPlatform of(
            Tpm tpm,
            StateFiles files,
            Optional<TpmState> sealed,
            TpmSettings settings,
            Hash32 config)
            throws TpmException {
        SecureRandom random = new SecureRandom();
        Channel channel = Channel.open(tpm, random);
        try {
            TpmName endorsement = channel.endorsement().entity().name();
            requireEndorsement("bootstrap file", endorsement, settings.endorsement());
            requireEndorsement("state", endorsement, sealed.map(s -> s.endorsement().octets()));
            TpmState state =
                    sealed.isPresent()
                            ? sealed.get()
                            : new FirstStart(channel, files, settings.pcrs(), config, random).run();
            return new TpmPlatform(channel, files, settings.pcrs(), config, state);
        } catch (TpmException e) {
            closeQuietly(channel.endorsement(), e);
            throw e;
        }
    }

    private static void requireEndorsement(String whose, TpmName found, Optional<Octets> expected)
            throws TpmException {
        if (expected.isPresent() && !expected.get().equals(found.octets())) {
            throw TpmException.of(
                    TpmException.Reason.OTHER_TPM,
                    "endorsement key",
                    found.toString(),
                    "%s, of the %s".formatted(expected.get(), whose));
        }
    }

    private static void closeQuietly(AutoCloseable open, TpmException cause) {
        try {
            open.close();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** {@code uint16} bank, mask of 3 bytes, SHA-256 of the PCRs as they stand now. */
    @Override
    public byte[] registers() throws PlatformException {
        synchronized (channel) {
            try {
                return registers(pcrs, Pcrs.read(channel, pcrs).digest());
            } catch (TpmException e) {
                throw e.toPlatformException();
            }
        }
    }

    private static byte[] registers(PcrSelection pcrs, Hash32 digest) {
        return new TpmWriter()
                .uint16(pcrs.bank().algorithm())
                .bytes(pcrs.mask())
                .bytes(digest.bytes())
                .toBytes();
    }

    /**
     * The bank and the mask: which values open the state is what was signed, so it holds no values.
     */
    @Override
    public byte[] sealingRegisters() {
        return new TpmWriter().uint16(pcrs.bank().algorithm()).bytes(pcrs.mask()).toBytes();
    }

    @Override
    public Map<String, CmwRecord> report(ReportData data) throws PlatformException {
        synchronized (channel) {
            try {
                byte[] evidence = Quoting.quote(channel, pcrs, data);
                return Map.of(MEMBER, CmwRecord.of(NAME, evidence));
            } catch (TpmException e) {
                throw e.toPlatformException();
            }
        }
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public SecretMemory sealingSecret() throws PlatformException {
        try (SecretMemory secret = open()) {
            return SecretMemory.move(secret.lend(Derivation.STORE::of));
        } catch (TpmException e) {
            throw e.toPlatformException();
        }
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    private SecretMemory open() throws TpmException {
        synchronized (channel) {
            return SealedSecret.open(channel, state, files.policies(), pcrs);
        }
    }

    @Override
    public TrustedRegister register() {
        return new ExtendIndex(channel, state.register(), registerValue);
    }

    @Override
    public Rollback rollback() {
        return Rollback.TRUSTED_REGISTER;
    }

    /** By the keys that it talks to, whose Names are in the sealed state. */
    @Override
    public Optional<AppraisalPolicy> ownPolicy() throws PlatformException {
        Octets endorsement = Octets.of(state.endorsement().bytes());
        return Optional.of(OwnPolicy.of(attestationKey(), endorsement, pcrs));
    }

    /** Of the endorsement key's name. */
    @Override
    public Optional<Hash32> instance() {
        return Instance.of(NAME, state.endorsement().bytes());
    }

    /**
     * What lets other versions open this state, under the same bootstrap file.
     *
     * @param compartment of purpose {@code upgrade}, where what is signed is sealed first
     */
    public Upgrades upgrades(Compartment compartment) throws PlatformException {
        try {
            return Upgrades.open(
                    channel,
                    files,
                    state,
                    pcrs,
                    config,
                    digest -> Measurement.of(NAME, registers(pcrs, digest), config),
                    new GrantLedger(compartment));
        } catch (TpmException e) {
            throw e.toPlatformException();
        } catch (SealException e) {
            throw new PlatformException("versions that may open the state: " + e.getMessage(), e);
        }
    }

    /** The endorsement key's public area (TPMT_PUBLIC), which credentials are made for. */
    public byte[] endorsementKey() {
        return channel.endorsement().key().toBytes();
    }

    /** The attestation key's public area (TPMT_PUBLIC), whose Name credentials carry. */
    public byte[] attestationKey() throws PlatformException {
        synchronized (channel) {
            try (Primary key = channel.primary(Entity.ENDORSEMENT, EccPublic.attestation())) {
                return key.key().toBytes();
            } catch (TpmException e) {
                throw e.toPlatformException();
            }
        }
    }

    /**
     * Opens a credential that somebody made for this TPM's endorsement key and attestation key.
     *
     * @param credential TPM2B_ID_OBJECT, with its size
     * @param encryptedSecret TPM2B_ENCRYPTED_SECRET, with its size
     * @return the secret, which shows him that both keys are in this TPM
     */
    public byte[] activate(byte[] credential, byte[] encryptedSecret) throws PlatformException {
        synchronized (channel) {
            try {
                return Activation.activate(channel, credential, encryptedSecret);
            } catch (TpmException e) {
                throw e.toPlatformException();
            }
        }
    }

    /** Frees the TPM and zeroes what is here. */
    @Override
    public void close() throws PlatformException {
        synchronized (channel) {
            registerValue.close();
            try {
                channel.close();
            } catch (TpmException e) {
                throw e.toPlatformException();
            }
        }
    }
}
