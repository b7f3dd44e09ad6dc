package io.attestgate.policy.beacon;

/**
 * Who signed for a block.
 *
 * @param period of the committee
 * @param signers how many of it
 * @param size how many it has
 */
public record Justification(long period, int signers, int size) {

    /** For people: {@code sync committee of period 862, 511 of 512 signed}. */
    @Override
    public String toString() {
        return "sync committee of period %d, %d of %d signed".formatted(period, signers, size);
    }
}
