package io.attestgate.attest.tpm;

import java.util.Arrays;

/**
 * What a TPM answered, judged as far as the sessions of its command allow.
 *
 * @param handle of what was made; 0 for a command that makes nothing
 * @param parameters in the clear; taken, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Answer(CommandCode code, int handle, byte[] parameters) {

    /** Zeroes the parameters, but for copies that were taken. */
    void erase() {
        Arrays.fill(parameters, (byte) 0);
    }

    TpmReader reader() {
        return TpmReader.of(code.label(), parameters);
    }
}
