package io.attestgate.govern;

/** What a voter says, with the numbers of OpenZeppelin's {@code GovernorCountingSimple}. */
public enum Vote {
    AGAINST(0),
    FOR(1),
    /** Counts for the quorum and for neither side. */
    ABSTAIN(2);

    private final int number;

    Vote(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
