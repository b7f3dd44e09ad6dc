package io.attestgate.policy.beacon;

/**
 * Every check that a light-client message must pass, with the function of the consensus
 * specification that it is part of.
 */
public enum Check {
    /** The block is the one that is trusted. */
    TRUSTED_ROOT("initialize_light_client_store"),
    /** The committee stands in the trusted block's state. */
    CURRENT_COMMITTEE("initialize_light_client_store"),
    /** The trusted block is young enough. */
    CHECKPOINT_AGE("is_within_weak_subjectivity_period"),
    /** The message is of the fork that holds at its slot, and that fork is known. */
    FORK("compute_fork_version"),
    /** Two thirds of the committee signed. */
    PARTICIPATION("process_light_client_update"),
    /** The execution block stands in the attested beacon block. */
    ATTESTED_HEADER("is_valid_light_client_header"),
    /** The execution block stands in the final beacon block. */
    FINALIZED_HEADER("is_valid_light_client_header"),
    /** Signed after attested, attested no earlier than final. */
    SLOT_ORDER("validate_light_client_update"),
    /** Not signed later than now. */
    FUTURE("validate_light_client_update"),
    /** Signed in a period whose committee is known. */
    SIGNATURE_PERIOD("validate_light_client_update"),
    /** Newer than what is known, or it names the next committee, which is not. */
    RELEVANCE("validate_light_client_update"),
    /** The final block stands in the attested block's state. */
    FINALITY("validate_light_client_update"),
    /** The next committee is the one that is known already. */
    SAME_COMMITTEE("validate_light_client_update"),
    /** The next committee stands in the attested block's state. */
    NEXT_COMMITTEE("validate_light_client_update"),
    /** Every key of the committee is a point of the group, and their sum is the one claimed. */
    COMMITTEE_KEYS("KeyValidate"),
    /** Those who are said to have signed did. */
    SIGNATURE("FastAggregateVerify"),
    /** The final block's period follows the committees that are known. */
    FINALIZED_PERIOD("apply_light_client_update"),
    /** Giving up on finality, which this client never does. */
    FORCED_UPDATE("process_light_client_store_force_update");

    private final String function;

    Check(String function) {
        this.function = function;
    }

    /** The specification's function. */
    public String function() {
        return function;
    }
}
