package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for documents in one place after the other, and takes bytes from any that have the hash.
 *
 * @param places the first is asked first
 */
record DocumentsInTurn(List<Documents> places) implements Documents {
    DocumentsInTurn {
        places = List.copyOf(places);
    }

    /** All of them, or it throws: a document that the contract names and nobody has is missed. */
    @Override
    public Map<Hash32, StoredDocument> find(Map<Hash32, Address> wanted)
            throws PolicyReadException {
        Map<Hash32, Address> missing = new HashMap<>(wanted);
        Map<Hash32, StoredDocument> found = new HashMap<>();
        @Nullable PolicyReadException first = null;
        for (Documents place : places) {
            try {
                take(
                        missing,
                        found,
                        missing.isEmpty() ? Map.of() : place.find(Map.copyOf(missing)));
            } catch (PolicyReadException e) {
                first = first == null ? e : first;
            }
        }
        if (missing.isEmpty()) {
            return found;
        }
        throw first == null ? absent(missing.keySet().iterator().next()) : first;
    }

    private static void take(
            Map<Hash32, Address> missing,
            Map<Hash32, StoredDocument> found,
            Map<Hash32, StoredDocument> offered) {
        for (StoredDocument document : offered.values()) {
            if (missing.remove(document.hash()) != null) {
                found.put(document.hash(), document);
            }
        }
    }

    private static PolicyReadException absent(Hash32 hash) {
        return new PolicyReadException(
                Failure.WRONG_DOCUMENT,
                new Fault("document", "nowhere", "bytes of hash " + hash).toString());
    }
}
