package io.attestgate.policy.beacon;

/** What became of a message: a store that holds what it proved, or the reason that none does. */
public sealed interface Outcome {

    /**
     * Every check passed.
     *
     * @param store the one to go on with; equal to the one before where nothing in the message was
     *     newer
     */
    record Accepted(LightClientStore store) implements Outcome {}

    /** One did not, and the store before stands. */
    record Refused(Refusal refusal) implements Outcome {}

    static Outcome refused(Refusal refusal) {
        return new Refused(refusal);
    }
}
