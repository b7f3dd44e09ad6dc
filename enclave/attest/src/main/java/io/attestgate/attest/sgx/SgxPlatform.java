package io.attestgate.attest.sgx;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.platform.FileRegister;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.dcap.Quote;
import io.attestgate.verify.dcap.SgxReport;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An SGX enclave under Gramine.
 *
 * <p>The host makes the quote, so before it goes out it must be of this enclave, by what the
 * processor itself says, and carry what was asked.
 */
public final class SgxPlatform implements Platform {
    private static final String NAME = "sgx";
    private static final Path FILES = Path.of("/dev/attestation");

    private final Gramine gramine;
    private final TrustedRegister register;

    SgxPlatform(Gramine gramine, TrustedRegister register) {
        this.gramine = gramine;
        this.register = register;
    }

    /** The enclave that this process is, with its register in the state directory. */
    public static SgxPlatform open(Path stateDirectory) throws PlatformException {
        Gramine gramine = new Gramine(new AttestationFiles(FILES));
        gramine.requireDcap();
        try {
            return new SgxPlatform(gramine, new FileRegister(DirectoryDisk.open(stateDirectory)));
        } catch (IOException e) {
            throw new PlatformException("state directory %s: %s".formatted(stateDirectory, e), e);
        }
    }

    /** What {@link #registers} holds for the enclave that runs, without a state directory. */
    public static byte[] registersHere() throws PlatformException {
        return new Gramine(new AttestationFiles(FILES)).own().registers();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] registers() throws PlatformException {
        return gramine.own().registers();
    }

    @Override
    public Map<String, CmwRecord> report(ReportData data) throws PlatformException {
        byte[] bytes = gramine.quote(data.bytes());
        Quote quote = Gramine.good(Quote.parse(bytes));
        if (!(quote.body() instanceof SgxReport body)) {
            throw new PlatformException(
                    "quote: of %s (expected: of an enclave)".formatted(quote.tee()));
        }
        require("report data", body.reportData(), Octets.of(data.bytes()));
        require("registers", Octets.of(body.registers()), Octets.of(registers()));
        return Map.of("cpu", CmwRecord.of(NAME, bytes));
    }

    private static void require(String what, Octets found, Octets expected)
            throws PlatformException {
        if (!found.equals(expected)) {
            throw new PlatformException(
                    "quote, %s: %s (expected: %s)".formatted(what, found, expected));
        }
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public SecretMemory sealingSecret() throws PlatformException {
        return gramine.key();
    }

    @Override
    public TrustedRegister register() {
        return register;
    }

    /** Processors have no counter that an enclave could still use. */
    @Override
    public Rollback rollback() {
        return Rollback.UNPROTECTED;
    }

    /** By the PPID in the quote's own chain. */
    @Override
    public Optional<Hash32> instance() throws PlatformException {
        byte[] quote = gramine.quote(new byte[ReportData.SIZE_BYTES]);
        return Gramine.good(Quote.parse(quote))
                .ppid()
                .flatMap(ppid -> Instance.of(NAME, ppid.bytes()));
    }
}
