package io.attestgate.attest.tpm;

import io.attestgate.verify.evidence.Octets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the bootstrap file says of the TPM. The file is measured, so the choice of PCRs is.
 *
 * @param device the character device, or a Unix socket that carries plain commands; the operator's,
 *     and believed in nothing
 * @param pcrs which stand for the code
 * @param endorsement the Name of the one endorsement key that will do, 34 bytes; empty if the first
 *     start takes whichever answers
 */
public record TpmSettings(Path device, PcrSelection pcrs, Optional<Octets> endorsement) {
    /** Behind it the kernel's resource manager keeps users of the TPM apart. */
    public static final Path DEVICE = Path.of("/dev/tpmrm0");
}
