package io.attestgate.demo;

import java.util.Arrays;
import java.util.Optional;

/** By whose word the demo's gateway takes a block for final. */
enum Finality {
    /** The one endpoint's. */
    DEVNET("devnet"),
    /** That of a sync committee which signs over anvil's blocks. */
    LIGHT_CLIENT("light-client");

    private final String word;

    Finality(String word) {
        this.word = word;
    }

    /** As {@code --trust} and the bootstrap file spell it. */
    String word() {
        return word;
    }

    static Optional<Finality> parse(String word) {
        return Arrays.stream(values()).filter(trust -> trust.word.equals(word)).findFirst();
    }
}
