package io.attestgate.certificate.account;

import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.secret.SecretMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries of a compartment of the sealed store. */
public final class CompartmentEntries implements SealedEntries {
    private final Compartment compartment;

    public CompartmentEntries(Compartment compartment) {
        this.compartment = compartment;
    }

    @Override
    public Optional<byte[]> read(String name) throws SealedStateException {
        try {
            Optional<SecretMemory> opened = compartment.open(name);
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            try (SecretMemory bytes = opened.get()) {
                return Optional.of(bytes.lend(byte[]::clone));
            }
        } catch (SealException e) {
            throw new SealedStateException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void commit(Changes changes) throws SealedStateException {
        List<SecretMemory> secrets = new ArrayList<>();
        try {
            compartment.commit(translated(changes, secrets));
        } catch (SealException e) {
            throw new SealedStateException(String.valueOf(e.getMessage()), e);
        } finally {
            secrets.forEach(SecretMemory::close);
        }
    }

    /** Secrets are moved off the heap; {@code secrets} takes them, for closing. */
    @SuppressWarnings("MustBeClosedChecker") // The caller closes them, when all is committed.
    private static io.attestgate.attest.seal.Changes translated(
            Changes changes, List<SecretMemory> secrets) {
        io.attestgate.attest.seal.Changes sealed = io.attestgate.attest.seal.Changes.none();
        for (Map.Entry<String, Change> entry : changes.byName().entrySet()) {
            sealed =
                    switch (entry.getValue()) {
                        case Change.Put put -> sealed.put(entry.getKey(), put.value());
                        case Change.PutSecret put -> {
                            SecretMemory secret = SecretMemory.move(put.value().clone());
                            secrets.add(secret);
                            yield sealed.put(entry.getKey(), secret);
                        }
                        case Change.Remove remove -> sealed.remove(entry.getKey());
                    };
        }
        return sealed;
    }
}
