package io.attestgate.proxy.main;

import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.secret.SecretMemory;
import java.io.IOException;
import java.util.Optional;

/**
 * One small public value in a compartment of the sealed store, as bytes.
 *
 * @param name of the entry
 */
record SealedFile(Compartment compartment, String name) {

    /** Reads what was sealed; an I/O failure if it is not what it must be. */
    interface Parsing<T> {
        T parse(byte[] bytes) throws IOException;
    }

    /** What was stored last; empty if nothing ever was. */
    <T> Optional<T> load(Parsing<T> parsing) throws IOException {
        try {
            Optional<SecretMemory> sealed = compartment.open(name);
            if (sealed.isEmpty()) {
                return Optional.empty();
            }
            try (SecretMemory bytes = sealed.get()) {
                return Optional.of(bytes.lend(parsing::parse));
            }
        } catch (SealException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    void store(byte[] bytes) throws IOException {
        try {
            compartment.commit(Changes.none().put(name, bytes));
        } catch (SealException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }
}
