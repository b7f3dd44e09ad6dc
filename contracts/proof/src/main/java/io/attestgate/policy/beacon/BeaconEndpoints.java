package io.attestgate.policy.beacon;

import io.attestgate.policy.PolicyReadException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Beacon nodes, any one of which may fail or lie: asked in turn, beginning with the one that served
 * last. One thread.
 */
final class BeaconEndpoints implements AutoCloseable {
    private final List<BeaconApi> apis;

    /** Written by the thread that asks, read by any. */
    private final Map<String, PolicyReadException> failures = new ConcurrentHashMap<>();

    private int preferred;

    BeaconEndpoints(List<BeaconApi> apis) {
        if (apis.isEmpty()) {
            throw new IllegalArgumentException("beacon endpoints: none (expected: at least one)");
        }
        this.apis = List.copyOf(apis);
    }

    /** Something asked of one node, and whether the answer is as new as it should be. */
    @FunctionalInterface
    interface Asking {
        /**
         * Asks, judges and takes what is right.
         *
         * @return whether nobody else need be asked
         */
        boolean ask(BeaconApi api) throws PolicyReadException;
    }

    /**
     * Asks one after the other until one satisfies.
     *
     * @throws PolicyReadException of the last, if none gave a right answer, new or not
     */
    void ask(Asking asking) throws PolicyReadException {
        PolicyReadException failure = null;
        boolean answered = false;
        int first = preferred;
        for (int i = 0; i < apis.size(); i++) {
            int index = (first + i) % apis.size();
            BeaconApi api = apis.get(index);
            try {
                boolean satisfied = asking.ask(api);
                failures.remove(api.base());
                answered = true;
                if (satisfied) {
                    preferred = index;
                    return;
                }
            } catch (PolicyReadException e) {
                failures.put(api.base(), e);
                failure = e;
            }
        }
        throwUnless(answered, failure);
    }

    private static void throwUnless(boolean answered, @Nullable PolicyReadException failure)
            throws PolicyReadException {
        if (!answered && failure != null) {
            throw failure;
        }
    }

    /** What each endpoint failed by when it was asked last; none of those that did not fail. */
    Map<String, PolicyReadException> failures() {
        return Map.copyOf(failures);
    }

    @Override
    public void close() {
        apis.forEach(BeaconApi::close);
    }
}
