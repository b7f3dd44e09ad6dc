package io.attestgate.attest.tpm;

import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.secret.SecretMemory;
import java.util.Optional;

/** Where {@link Grants} are sealed: whole and newest, as the store's register sees to it. */
record GrantLedger(Compartment compartment) {
    private static final String NAME = "grants";

    Grants read() throws SealException {
        Optional<SecretMemory> sealed = compartment.open(NAME);
        if (sealed.isEmpty()) {
            return Grants.NONE;
        }
        try (SecretMemory bytes = sealed.get()) {
            return bytes.lend(Grants::parse);
        }
    }

    void commit(Grants grants) throws SealException {
        compartment.commit(Changes.none().put(NAME, grants.toBytes()));
    }
}
