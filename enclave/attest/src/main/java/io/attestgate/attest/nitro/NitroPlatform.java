package io.attestgate.attest.nitro;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.platform.FileRegister;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.nitro.Document;
import io.attestgate.verify.nitro.NitroEvidence;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An enclave of AWS Nitro: its module signs documents of what was started.
 *
 * <p>The module keeps no secret for the code that runs, so there is nothing to seal under here: it
 * can be told from other platforms, and attested, but its state must come from somebody else.
 */
public final class NitroPlatform implements Platform {
    private static final String NAME = "nitro";
    private static final String DEVICE = "dev/nsm";

    /** Image, kernel, application, and who signed them (Nitro Enclaves, enclave measurements). */
    private static final List<Integer> MEASURED = List.of(0, 1, 2, 8);

    /** Those that debug mode leaves zero. */
    private static final List<Integer> ZERO_IN_DEBUG = List.of(0, 1, 2);

    private static final Octets ZERO = Octets.of(new byte[Document.PCR_BYTES]);

    private final Nsm nsm;
    private final Octets registers;
    private final String moduleId;
    private final TrustedRegister register;

    private NitroPlatform(Nsm nsm, Octets registers, String moduleId, TrustedRegister register) {
        this.nsm = nsm;
        this.registers = registers;
        this.moduleId = moduleId;
        this.register = register;
    }

    /**
     * Asks the module what it measured.
     *
     * @param root the file system, {@code /}
     * @param state has the register's file, since a module has no register that is trusted
     */
    public static NitroPlatform open(Path root, Disk state) throws PlatformException {
        return open(new NsmFile(root.resolve(DEVICE)), state);
    }

    static NitroPlatform open(NsmDevice device, Disk state) throws PlatformException {
        Nsm nsm = new Nsm(device);
        Nsm.Description module = nsm.describe();
        if (!module.digest().equals(Document.DIGEST)) {
            throw new PlatformException(
                    "NSM: registers of \"%s\" (expected: %s)"
                            .formatted(module.digest(), Document.DIGEST));
        }
        return new NitroPlatform(nsm, measured(nsm), module.moduleId(), new FileRegister(state));
    }

    /** What {@link #registers} holds for the enclave that runs. */
    public static byte[] runningEnclave(Path root) throws PlatformException {
        return measured(new Nsm(new NsmFile(root.resolve(DEVICE)))).bytes();
    }

    private static Octets measured(Nsm nsm) throws PlatformException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int index : MEASURED) {
            Nsm.Pcr pcr = nsm.pcr(index);
            if (!pcr.locked() || pcr.value().size() != Document.PCR_BYTES) {
                throw new PlatformException(
                        "NSM: PCR%d %s, %d bytes (expected: locked, %d bytes)"
                                .formatted(
                                        index,
                                        pcr.locked() ? "locked" : "not locked",
                                        pcr.value().size(),
                                        Document.PCR_BYTES));
            }
            if (ZERO_IN_DEBUG.contains(index) && pcr.value().equals(ZERO)) {
                throw new PlatformException(
                        "NSM: PCR%d is zero (expected: an enclave that is not in debug mode)"
                                .formatted(index));
            }
            all.writeBytes(pcr.value().bytes());
        }
        return Octets.of(all.toByteArray());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] registers() {
        return registers.bytes();
    }

    /** A document with {@code data} as its {@code user_data}, read as a verifier reads it. */
    @Override
    public Map<String, CmwRecord> report(ReportData data) throws PlatformException {
        Octets signed = nsm.attestation(data.bytes());
        Document document = document(signed.bytes());
        require("user_data", document.userData(), Octets.of(data.bytes()));
        require("PCRs", Optional.of(registers(document)), registers);
        require("module_id", Optional.of(document.moduleId()), moduleId);
        return Map.of("cpu", CmwRecord.of(NAME, signed.bytes()));
    }

    private static Document document(byte[] signed) throws PlatformException {
        Parsed<NitroEvidence> parsed = NitroEvidence.parse(signed);
        Optional<NitroEvidence> evidence = parsed.toOptional();
        if (evidence.isEmpty()) {
            throw new PlatformException("NSM document: " + parsed.faults().getFirst());
        }
        return evidence.get().document();
    }

    private static Octets registers(Document document) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        MEASURED.forEach(
                index ->
                        all.writeBytes(
                                Objects.requireNonNullElse(document.pcrs().get(index), ZERO)
                                        .bytes()));
        return Octets.of(all.toByteArray());
    }

    private static <T> void require(String name, Optional<T> found, T expected)
            throws PlatformException {
        if (!found.equals(Optional.of(expected))) {
            throw new PlatformException(
                    "NSM document: %s %s (expected: %s)"
                            .formatted(name, found.map(Object::toString).orElse("none"), expected));
        }
    }

    /**
     * Refuses.
     *
     * @throws PlatformException always: a module keeps no secret for an enclave, and AWS KMS, which
     *     would, needs a network and an account that the operator owns
     */
    @Override
    @MustBeClosed
    public SecretMemory sealingSecret() throws PlatformException {
        throw new PlatformException(
                "sealing secret: a Nitro Security Module has none (expected: a platform with one;"
                        + " dstack's key provider is, state handed over by another gateway will"
                        + " be)");
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
        return Instance.of(NAME, moduleId.getBytes(StandardCharsets.US_ASCII));
    }
}
