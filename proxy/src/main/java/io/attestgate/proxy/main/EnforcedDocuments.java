package io.attestgate.proxy.main;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.PolicySource;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.policy.snapshot.DomainPolicy;
import io.attestgate.policy.snapshot.DomainState;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.wire.Hash32;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The bytes of the documents that are enforced, for those who ask what that is. A document that its
 * slot no longer names stays for as long as it is the last good one.
 *
 * <p>Read by one thread, which is the only writer; asked by any.
 */
final class EnforcedDocuments implements PolicySource {
    private final PolicySource source;
    private volatile Map<Hash32, StoredDocument> byHash = Map.of();

    EnforcedDocuments(PolicySource source) {
        this.source = source;
    }

    /** Reads on, and takes note of the documents. */
    @Override
    public PolicyReading read() throws PolicyReadException {
        PolicyReading reading = source.read();
        Map<Hash32, StoredDocument> known = new HashMap<>(byHash);
        for (NameEntry entry : reading.names().values()) {
            entry.document().ifPresent(document -> known.put(document.hash(), document));
        }
        byHash = Map.copyOf(known);
        return reading;
    }

    /** Forgets what this snapshot does not enforce. */
    void keepOnlyThoseOf(Snapshot snapshot) {
        Set<Hash32> enforced = new HashSet<>();
        snapshot.gatewayHash().ifPresent(enforced::add);
        for (DomainState state : snapshot.domains().values()) {
            policyOf(state)
                    .ifPresent(
                            policy -> {
                                enforced.add(policy.documentHash());
                                enforced.add(policy.gatewayHash());
                            });
        }
        Map<Hash32, StoredDocument> kept = new HashMap<>(byHash);
        kept.keySet().retainAll(enforced);
        byHash = Map.copyOf(kept);
    }

    private static Optional<DomainPolicy> policyOf(DomainState state) {
        return switch (state) {
            case DomainState.Live live -> Optional.of(live.policy());
            case DomainState.LastGood last -> Optional.of(last.policy());
            case DomainState.Withdrawn _ -> Optional.empty();
            case DomainState.Halted _ -> Optional.empty();
            case DomainState.Unusable _ -> Optional.empty();
        };
    }

    /** The bytes whose keccak256 this is; empty if they are not enforced. */
    Optional<byte[]> byHash(Hash32 hash) {
        return Optional.ofNullable(byHash.get(hash)).map(StoredDocument::bytes);
    }
}
