package io.attestgate.policy.diff;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The documents of some names: those of a contract at one block, or those of a folder.
 *
 * @param documents in canonical bytes, good or not
 */
public record PolicySet(NavigableMap<PolicyName, StoredDocument> documents) {
    /** No document at all. */
    public static final PolicySet EMPTY = of(Map.of());

    public PolicySet {
        documents = Collections.unmodifiableNavigableMap(new TreeMap<>(documents));
    }

    public static PolicySet of(Map<PolicyName, StoredDocument> documents) {
        return new PolicySet(new TreeMap<>(documents));
    }

    /** Every document that is published there. */
    public static PolicySet of(PolicyReading reading) {
        NavigableMap<PolicyName, StoredDocument> documents = new TreeMap<>();
        reading.names()
                .forEach((name, entry) -> entry.document().ifPresent(d -> documents.put(name, d)));
        return new PolicySet(documents);
    }

    /** These with another document of one name. */
    public PolicySet with(PolicyName name, StoredDocument document) {
        NavigableMap<PolicyName, StoredDocument> more = new TreeMap<>(documents);
        more.put(name, document);
        return new PolicySet(more);
    }

    /** These, and of the names that {@code more} has those of {@code more}. */
    public PolicySet with(PolicySet more) {
        NavigableMap<PolicyName, StoredDocument> all = new TreeMap<>(documents);
        all.putAll(more.documents);
        return new PolicySet(all);
    }

    /** These without the document of one name. */
    public PolicySet without(PolicyName name) {
        NavigableMap<PolicyName, StoredDocument> fewer = new TreeMap<>(documents);
        fewer.remove(name);
        return new PolicySet(fewer);
    }

    public Optional<StoredDocument> get(PolicyName name) {
        return Optional.ofNullable(documents.get(name));
    }
}
