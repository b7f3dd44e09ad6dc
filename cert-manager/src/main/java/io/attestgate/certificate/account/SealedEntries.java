package io.attestgate.certificate.account;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sealed entries of one purpose, as this module needs them: small values by name.
 *
 * <p>A commit is atomic and durable: when it returns, a power cut leaves all of it; when it throws,
 * or the process dies inside it, all of it or nothing. One owner per purpose; calls may come from
 * any thread, one at a time.
 */
public interface SealedEntries {
    /** The largest value; what does not fit is refused before it is made an entry. */
    int VALUE_BYTES_MAX = 64 * 1024;

    /** The bytes of that entry, a copy that the caller owns; empty if there is none. */
    Optional<byte[]> read(String name) throws SealedStateException;

    /** Applies all the changes or none. */
    void commit(Changes changes) throws SealedStateException;

    /** What a commit does: entries to put, and entries to remove (an absent one is no fault). */
    final class Changes {
        private final Map<String, Change> byName = new LinkedHashMap<>();

        public static Changes none() {
            return new Changes();
        }

        /** Puts bytes that are no secret. */
        public Changes put(String name, byte[] value) {
            byName.put(name, new Change.Put(value.clone()));
            return this;
        }

        /** Puts key bytes; the caller keeps them until the commit returns, then overwrites them. */
        public Changes putSecret(String name, byte[] value) {
            byName.put(name, new Change.PutSecret(value));
            return this;
        }

        public Changes remove(String name) {
            byName.put(name, new Change.Remove());
            return this;
        }

        /** What happens to each name, in the order it was asked for. */
        public Map<String, Change> byName() {
            return Collections.unmodifiableMap(byName);
        }
    }

    /** What happens to one entry. */
    @SuppressWarnings("ArrayRecordComponent") // Carried to the store, never compared.
    sealed interface Change {
        record Put(byte[] value) implements Change {}

        record PutSecret(byte[] value) implements Change {}

        record Remove() implements Change {}
    }
}
