package io.attestgate.attest.seal;

import io.attestgate.attest.secret.SecretMemory;
import java.util.Optional;
import java.util.Set;

/** One purpose's part of a {@link SealedStore}, with no way to the rest of it. */
final class StoreCompartment implements Compartment {
    private final SealedStore store;
    private final Purpose purpose;

    StoreCompartment(SealedStore store, Purpose purpose) {
        this.store = store;
        this.purpose = purpose;
    }

    @Override
    public Set<String> names() {
        return store.names(purpose);
    }

    @Override
    public Optional<SecretMemory> open(String name) throws SealException {
        return store.open(new Entry(purpose, name));
    }

    @Override
    public void commit(Changes changes) throws SealException {
        store.commit(purpose, changes);
    }

    @Override
    public String toString() {
        return "Compartment[" + purpose + "]";
    }
}
