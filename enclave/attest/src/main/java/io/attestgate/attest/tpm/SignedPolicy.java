package io.attestgate.attest.tpm;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.P256;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.util.Arrays;

/**
 * A policy that the authoriser approved. No secret: it opens nothing but for the code it names.
 *
 * @param signature {@code r || s} over {@code policy || policyRef}, 64 bytes
 */
record SignedPolicy(Hash32 policy, Octets signature) {
    static final int SIGNATURE_BYTES = 64;

    static SignedPolicy of(Hash32 policy, byte[] signature) {
        return new SignedPolicy(policy, Octets.of(signature));
    }

    /** What was signed: aHash of TPM2_PolicyAuthorize (Part 3 §23.16). */
    Hash32 signedDigest() {
        return Hash32.of(Digests.sha256(policy.bytes(), Policy.reference()));
    }

    /** Whether that key signed it, as a TPM will find too. */
    boolean isBy(EccPublic authoriser) {
        return P256.key(authoriser.point())
                .filter(
                        key ->
                                P256.isSigned(
                                        key, signature.bytes(), policy.bytes(), Policy.reference()))
                .isPresent();
    }

    /** TPMT_SIGNATURE, Part 2 §11.3.4. */
    byte[] toSignature() {
        byte[] both = signature.bytes();
        int half = SIGNATURE_BYTES / 2;
        return new TpmWriter()
                .uint16(Tpms.ALG_ECDSA)
                .uint16(Tpms.ALG_SHA256)
                .sized(Arrays.copyOf(both, half))
                .sized(Arrays.copyOfRange(both, half, SIGNATURE_BYTES))
                .toBytes();
    }
}
