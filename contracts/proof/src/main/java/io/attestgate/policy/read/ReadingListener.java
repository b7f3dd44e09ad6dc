package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;

/**
 * Is told what a reading does that takes long or that somebody should know of. Called on the
 * reader's thread; returns soon and throws nothing.
 */
public interface ReadingListener {

    /** So many of so many parts of the registry were read and proven. */
    void proven(Part part, int done, int all);

    /** No endpoint's change log led to the proven head, so every name is read. */
    void logRefused(PolicyReadException why);

    /** Tells nobody. */
    static ReadingListener silent() {
        return new ReadingListener() {
            @Override
            public void proven(Part part, int done, int all) {}

            @Override
            public void logRefused(PolicyReadException why) {}
        };
    }

    /** What a reading is made of. */
    enum Part {
        NAMES,
        ENTRIES,
        DOCUMENTS
    }
}
