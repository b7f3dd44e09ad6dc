package io.attestgate.policy.read;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Hash32;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Every name of the contract.
 *
 * @param listed in the contract's order, which only grows
 * @param entries what is known of each
 */
record Registry(List<PolicyName> listed, NavigableMap<PolicyName, NameEntry> entries) {
    Registry {
        listed = List.copyOf(listed);
    }

    /** The documents that its entries name. */
    Map<Hash32, StoredDocument> documents() {
        Map<Hash32, StoredDocument> documents = new HashMap<>();
        for (NameEntry entry : entries.values()) {
            entry.document().ifPresent(d -> documents.put(d.hash(), d));
        }
        return documents;
    }
}
