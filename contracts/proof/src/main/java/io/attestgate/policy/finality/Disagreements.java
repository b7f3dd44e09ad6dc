package io.attestgate.policy.finality;

import java.util.Optional;

/** How often endpoints named different blocks of one number, and who did last. For any thread. */
public final class Disagreements {
    private long count;
    private Optional<String> newest = Optional.empty();

    synchronized void add(String whoSaidWhat) {
        count++;
        newest = Optional.of(whoSaidWhat);
    }

    /** How many rounds found one. */
    public synchronized long count() {
        return count;
    }

    /** Who said what, in words, the newest time. */
    public synchronized Optional<String> newest() {
        return newest;
    }
}
