package io.attestgate.proxy.bootstrap;

import java.util.Arrays;
import java.util.Optional;

/** How a finalised header is justified before anything is read under it. */
public enum Trust {
    /**
     * One endpoint is believed about which block is final. It fits a chain of one's own machine, so
     * only the simulated platform accepts it.
     */
    DEVNET("devnet"),
    /** So many endpoints, told apart by their TLS keys, must name the same block. */
    QUORUM("quorum"),
    /** The sync committee's signatures say it; endpoints are believed about nothing. */
    LIGHT_CLIENT("light-client"),
    /** Quorum and light client together: the same hash at the same number. */
    BOTH("both");

    static final String RULE = "devnet, quorum, light-client or both";

    private final String word;

    Trust(String word) {
        this.word = word;
    }

    static Optional<Trust> parse(String word) {
        return Arrays.stream(values()).filter(trust -> trust.word.equals(word)).findFirst();
    }

    /** As the file spells it. */
    public String word() {
        return word;
    }

    /** Whether endpoints have a voice about finality, and so must be told apart. */
    public boolean asksQuorum() {
        return this == QUORUM || this == BOTH;
    }

    public boolean asksLightClient() {
        return this == LIGHT_CLIENT || this == BOTH;
    }
}
