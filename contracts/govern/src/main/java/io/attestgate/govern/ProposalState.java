package io.attestgate.govern;

/** Where a proposal stands, in the order of OpenZeppelin's {@code IGovernor.ProposalState}. */
public enum ProposalState {
    /** Made; the moment whose votes count is still to come. */
    PENDING,
    /** Being voted on. */
    ACTIVE,
    /** Taken back; a governor of this project never is here. */
    CANCELED,
    /** Voted down, or without its quorum. */
    DEFEATED,
    /** Won; waits for somebody to queue it. */
    SUCCEEDED,
    /** In the timelock; due when its delay is over. */
    QUEUED,
    /** Won and never executed in time; a governor of this project never is here. */
    EXPIRED,
    /** Done. */
    EXECUTED
}
