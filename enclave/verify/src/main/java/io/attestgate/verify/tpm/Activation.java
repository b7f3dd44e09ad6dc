package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Refusal;

/** A step of finding out whether a key is in the TPM of a certified EK. */
public sealed interface Activation {

    /** The TPM must answer this. */
    record Challenged(Challenge challenge) implements Activation {}

    /** It did. */
    record Activated(ActivatedKey key) implements Activation {}

    /** A key or certificate is not what it must be, or the answer is wrong. */
    record Refused(Refusal refusal) implements Activation {}
}
