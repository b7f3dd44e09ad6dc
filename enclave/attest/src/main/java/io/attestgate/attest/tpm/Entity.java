package io.attestgate.attest.tpm;

/**
 * Something that a command works on: where the TPM keeps it, and what it is.
 *
 * <p>The handle is the bus's word; the name goes into the HMAC of the command, so that the TPM
 * refuses one that came to something else (Part 1 §18.7).
 */
record Entity(int handle, TpmName name) {
    static final Entity OWNER = ofHandle(Tpms.RH_OWNER);
    static final Entity ENDORSEMENT = ofHandle(Tpms.RH_ENDORSEMENT);

    /** The absent one. */
    static final Entity NONE = ofHandle(Tpms.RH_NULL);

    static Entity ofHandle(int handle) {
        return new Entity(handle, TpmName.ofHandle(handle));
    }
}
