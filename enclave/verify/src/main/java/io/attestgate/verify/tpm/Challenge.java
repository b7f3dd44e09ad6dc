package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import java.security.MessageDigest;

/** A secret that a TPM must give back. The reader keeps it; only the credential travels. */
public final class Challenge {
    private final Credential credential;
    private final byte[] secret;
    private final ActivatedKey key;

    Challenge(Credential credential, byte[] secret, ActivatedKey key) {
        this.credential = credential;
        this.secret = secret;
        this.key = key;
    }

    /** For TPM2_ActivateCredential. */
    public Credential credential() {
        return credential;
    }

    /** What the TPM answered, certInfo without its size. */
    public Activation answer(byte[] certInfo) {
        return MessageDigest.isEqual(secret, certInfo)
                ? new Activation.Activated(key)
                : new Activation.Refused(
                        new Refusal(
                                Check.SIGNER,
                                "another secret",
                                "the one that was encrypted to the EK for this key",
                                "TPM 2.0 Part 3, TPM2_ActivateCredential"));
    }

    /** No secret. */
    @Override
    public String toString() {
        return "Challenge[%s]".formatted(key);
    }
}
