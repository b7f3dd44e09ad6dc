package io.attestgate.attest.secret;

/**
 * The system lets this process lock no more memory.
 *
 * <p>Like an {@link OutOfMemoryError}, nothing that a caller could handle: secrets are never put
 * into memory that could be swapped to the operator's disk. {@link ProcessHardening} shows the
 * limit at start.
 */
public final class OutOfLockedMemory extends RuntimeException {
    OutOfLockedMemory(String message, Throwable cause) {
        super(message, cause);
    }
}
