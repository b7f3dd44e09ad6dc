package io.attestgate.attest.platform;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Hash32;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of TEE, as the code inside it sees it.
 *
 * <p>Safe for use by several threads. Calls may take as long as the hardware does.
 */
public interface Platform {

    /** Its name in measurements, bootstrap files and media types. */
    String name();

    /** The raw report bytes that docs/measurement.md lists for it, concatenated. */
    byte[] registers() throws PlatformException;

    /**
     * Which of them tell the code that may open what is sealed here from all other code; all of
     * them where {@link #sealingSecret} is one code's alone.
     */
    default byte[] sealingRegisters() throws PlatformException {
        return registers();
    }

    /** Evidence that carries {@code data}, as members by name (docs/evidence.md, members). */
    Map<String, CmwRecord> report(ReportData data) throws PlatformException;

    /**
     * The secret that this platform gives to this code and to no other. Callers derive keys from it
     * and close it.
     */
    @MustBeClosed
    SecretMemory sealingSecret() throws PlatformException;

    /**
     * Who else has that secret, as the evidence names him; empty if none but the platform does.
     * What is sealed under his may be opened only where the gateway's document allows him.
     */
    default Optional<KeyProvider> keyProvider() {
        return Optional.empty();
    }

    /** The register that a sealed store is held against; always the same one. */
    TrustedRegister register();

    /** What {@link #register} is good for against an operator who puts an older store back. */
    Rollback rollback();

    /**
     * What this platform knows by itself to judge its own evidence by; empty where a vendor's root
     * and collateral do that, which whoever runs it has to bring.
     */
    default Optional<AppraisalPolicy> ownPolicy() throws PlatformException {
        return Optional.empty();
    }

    /** Which single machine, as evidence has it; empty if the platform hides or lacks it. */
    Optional<Hash32> instance() throws PlatformException;

    /** The measurement of this code with that bootstrap file. */
    default Hash32 measurement(Hash32 configDigest) throws PlatformException {
        return Measurement.of(name(), registers(), configDigest);
    }
}
