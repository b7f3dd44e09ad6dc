package io.attestgate.attest.tpm;

/** What stands in the authorisation area of a command for one of its handles (Part 1 §18.6). */
sealed interface Authorization permits EmptyPassword, SessionUse {

    /** The parameters as they go out: encrypted, if this encrypts them. */
    byte[] sealed(byte[] parameters);

    /** TPMS_AUTH_COMMAND, Part 2 §10.13.2. */
    byte[] toBytes(byte[] commandHash);

    /**
     * Reads the TPMS_AUTH_RESPONSE of its own (Part 2 §10.13.3).
     *
     * @throws TpmException unless the answer is the TPM's
     */
    void judge(TpmReader area, byte[] answerHash) throws TpmException;

    /** The answer's parameters in the clear, after {@link #judge}. */
    byte[] opened(byte[] parameters) throws TpmException;
}
