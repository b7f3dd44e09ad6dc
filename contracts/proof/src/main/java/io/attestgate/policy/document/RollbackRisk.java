package io.attestgate.policy.document;

/**
 * Whether a gateway may serve after a start although nothing proves that its state and its view of
 * the chain are not older ones.
 */
public enum RollbackRisk implements Spelled {
    /**
     * A platform without a trusted register serves once a nonce that it drew after its start is
     * seen in finalised state; with one it serves at once, unless a heartbeat is asked for.
     */
    REFUSED("refused"),
    /** Every platform serves at once; who shows it an older disk and chain is not caught. */
    ACCEPTED("accepted");

    private final String spelling;

    RollbackRisk(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
