package io.attestgate.policy.document;

/**
 * Whether a gateway may serve after a start although nothing proves that its state and its view of
 * the chain are not older ones.
 */
public enum RollbackRisk implements Spelled {
    /** Only a platform with a trusted register serves. */
    REFUSED("refused"),
    /** Every platform serves; who rolls its disk and its chain back together is not caught. */
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
