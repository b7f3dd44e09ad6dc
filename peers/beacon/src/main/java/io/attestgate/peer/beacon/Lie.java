package io.attestgate.peer.beacon;

/** What the node does instead of its work. */
public enum Lie {
    /** Nothing: it is honest. */
    NONE,
    /** The committee signs another block. */
    WRONG_SIGNATURE,
    /** One signature short of two thirds. */
    BELOW_TWO_THIRDS,
    /** Says that one more signed than did. */
    CLAIMED_SIGNER,
    /** Signatures of a committee of its own. */
    ROGUE_COMMITTEE,
    /** Signatures that are bound to another fork. */
    OTHER_FORK,
    /** Signatures that are bound to another network. */
    OTHER_NETWORK,
    /** A signature at infinity. */
    SIGNATURE_AT_INFINITY,
    /** Another execution block in a signed beacon block. */
    FORGED_EXECUTION,
    /** Another final block than the signed state names. */
    FORGED_FINALITY,
    /** A finality update that tells of no final block. */
    WITHHELD_FINALITY,
    /** Another next committee than the signed state names. */
    FORGED_COMMITTEE,
    /** Another block than was asked for, to begin with. */
    FORGED_BOOTSTRAP,
    /** Signed a thousand slots from now. */
    FUTURE,
    /** What it said when it began to lie, for ever. */
    STALE,
    /** Labels its messages with another fork. */
    WRONG_VERSION,
    /** Has nothing. */
    NOT_FOUND,
    /** Is no node at all. */
    NOT_JSON,
    /** Ends in the middle. */
    TRUNCATED,
    /** Never ends. */
    GIANT,
    /** A byte now and then. */
    SLOW_DRIP
}
