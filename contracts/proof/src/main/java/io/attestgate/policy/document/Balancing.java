package io.attestgate.policy.document;

/** How a route divides its requests among its upstreams. */
public enum Balancing implements Spelled {
    /** In turn, each as often as its weight says. */
    WEIGHTED_ROUND_ROBIN("weighted-round-robin");

    private final String spelling;

    Balancing(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
