package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.RefusedException;

/**
 * What a TPM must say of a key for its signature to mean that the TPM itself speaks: a restricted
 * key signs nothing that begins as TPMS_ATTEST does unless the TPM made it (TPM 2.0 Part 1
 * §25.1.5).
 */
final class KeyAttributes {
    private static final long OF_A_TPM =
            TpmPublic.FIXED_TPM | TpmPublic.FIXED_PARENT | TpmPublic.SENSITIVE_DATA_ORIGIN;
    private static final String CLAUSE = "TPM 2.0 Part 2 §8.3, TPMA_OBJECT";

    private KeyAttributes() {}

    /** A key that signs quotes, and nothing of anybody else's making. */
    static void attesting(TpmPublic key) throws RefusedException {
        RefusedException.unless(
                key.has(OF_A_TPM | TpmPublic.RESTRICTED | TpmPublic.SIGN, TpmPublic.DECRYPT),
                Check.SIGNER,
                found(key),
                "fixedTPM, fixedParent, sensitiveDataOrigin, restricted, sign; not decrypt",
                CLAUSE);
    }

    /** A key that credentials can be encrypted to, and that decrypts nothing else. */
    static void endorsing(TpmPublic key) throws RefusedException {
        RefusedException.unless(
                key.has(OF_A_TPM | TpmPublic.RESTRICTED | TpmPublic.DECRYPT, TpmPublic.SIGN)
                        && key.symmetric().isPresent(),
                Check.SIGNER,
                found(key),
                "fixedTPM, fixedParent, sensitiveDataOrigin, restricted, decrypt; not sign",
                "TCG EK Credential Profile, default EK templates");
    }

    /** A restricted key signs in one way alone (Part 2 §12.2.3.5 to .6), so in this one. */
    static void scheme(TpmPublic key, TpmSignature signature) throws RefusedException {
        TpmPublic.Scheme signed =
                new TpmPublic.Scheme(signature.algorithm().id(), signature.hash().id());
        RefusedException.unless(
                key.scheme().filter(signed::equals).isPresent(),
                Check.SIGNATURE,
                "%s with %s".formatted(signature.algorithm(), signature.hash()),
                "the scheme of the key's public area: "
                        + key.scheme()
                                .map(is -> "0x%04x, 0x%04x".formatted(is.algorithm(), is.hash()))
                                .orElse("none"),
                "TPM 2.0 Part 2 §12.2.3");
    }

    private static String found(TpmPublic key) {
        return "objectAttributes 0x%08x".formatted(key.attributes());
    }
}
