package io.attestgate.attest.seal;

import io.attestgate.attest.secret.SecretMemory;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a sealed store that is for one purpose: the capability that a stage is handed instead
 * of the store.
 *
 * <p>Safe for use by several threads. A commit is atomic and durable: after it returns, every later
 * opening of the store sees all of it, and after a crash within it all or nothing. After an
 * exception of reason {@link SealException.Reason#UNSETTLED} only reads work.
 */
public interface Compartment {

    /** The names that hold something, in their order. */
    Set<String> names();

    /**
     * Opens what a name holds, held against the manifest again; empty if it holds nothing. The
     * caller closes what he gets.
     */
    Optional<SecretMemory> open(String name) throws SealException;

    /** Puts and removes, all or nothing. */
    void commit(Changes changes) throws SealException;
}
