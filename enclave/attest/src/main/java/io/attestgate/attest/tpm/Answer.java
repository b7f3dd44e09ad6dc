package io.attestgate.attest.tpm;

/**
 * What a TPM answered, judged as far as the sessions of its command allow.
 *
 * @param handle of what was made; 0 for a command that makes nothing
 * @param parameters in the clear; taken, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Answer(CommandCode code, int handle, byte[] parameters) {

    TpmReader reader() {
        return TpmReader.of(code.label(), parameters);
    }
}
