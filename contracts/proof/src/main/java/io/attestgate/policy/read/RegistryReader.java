package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads as little of the registry as is needed: nothing under the head that is known, else what the
 * change log names, else all.
 *
 * @param layout of the contract
 * @param endpoints any of which may give proofs, logs and documents
 * @param elsewhere where documents are looked for beside the chain
 * @param listener is told of long work and of refused logs
 */
record RegistryReader(
        PolicyLayout layout,
        ProofEndpoints endpoints,
        List<Documents> elsewhere,
        ReadingListener listener) {

    /**
     * Every name as it was at a point.
     *
     * @param point where it was read
     * @param registry what was there
     */
    record Known(PolicyPoint point, Registry registry) {

        /** The head commits to every change of state, so under the same head nothing changed. */
        boolean isStill(PolicyPoint now) {
            return point.epoch() == now.epoch() && point.head().equals(now.head());
        }
    }

    /** Every name at {@code point}, whose block is that of {@code contract}. */
    Registry read(ProvenContract contract, PolicyPoint point, int names, Optional<Known> before)
            throws PolicyReadException {
        if (before.isPresent() && before.get().isStill(point)) {
            return before.get().registry();
        }
        Reading reading = reading(contract, before);
        if (before.isEmpty()) {
            return reading.all(List.of(), names);
        }
        Registry known = before.get().registry();
        Optional<Set<Hash32>> changed = changed(before.get(), point);
        return changed.isPresent()
                ? reading.changed(known, names, changed.get())
                : reading.all(known.listed(), names);
    }

    /** The newest halt of each name that changed since {@code before} and has one. */
    Map<PolicyName, Halt> halts(ProvenContract contract, PolicyPoint point, int names, Known before)
            throws PolicyReadException {
        if (before.isStill(point)) {
            return Map.of();
        }
        Optional<Set<Hash32>> changed = changed(before, point);
        Reading reading = reading(contract, Optional.of(before));
        return changed.isPresent()
                ? reading.changedHalts(before.registry(), names, changed.get())
                : reading.allHalts(before.registry(), names);
    }

    /** The names that changed; empty if no log says so. */
    private Optional<Set<Hash32>> changed(Known before, PolicyPoint point) {
        try {
            return Optional.of(new ChangeLog(endpoints).between(before.point(), point));
        } catch (PolicyReadException e) {
            listener.logRefused(e);
            return Optional.empty();
        }
    }

    private Reading reading(ProvenContract contract, Optional<Known> before) {
        ExecutionHeader block = contract.header();
        Map<Hash32, StoredDocument> known =
                before.map(b -> b.registry().documents()).orElse(Map.of());
        List<Documents> places = new ArrayList<>();
        places.add(wanted -> known);
        places.add(new ChainDocuments(endpoints, block, listener));
        places.addAll(elsewhere);
        return new Reading(layout, contract, new DocumentsInTurn(places), listener);
    }
}
