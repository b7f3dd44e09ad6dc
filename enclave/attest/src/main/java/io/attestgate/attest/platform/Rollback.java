package io.attestgate.attest.platform;

/** What keeps an operator from putting back an older copy of what this enclave sealed. */
public enum Rollback {
    /** A register that only the platform can move, and only forward. */
    TRUSTED_REGISTER,
    /** Nothing: the register is a file beside the store. */
    UNPROTECTED
}
