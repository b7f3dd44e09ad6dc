package io.attestgate.policy.finality;

import io.attestgate.policy.proof.ExecutionHeader;

/**
 * A block that is final, and why it is believed to be.
 *
 * @param header of the execution layer, whose hash was computed from its fields
 * @param justification how, for people: {@code "2 of 3 endpoints"}, {@code "sync committee of
 *     period 862, 511 of 512 signed"}
 */
public record FinalisedHeader(ExecutionHeader header, String justification) {}
