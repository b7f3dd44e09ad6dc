package io.attestgate.policy.beacon.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The forks whose light-client containers are known, and where in them the specification looks: the
 * generalized indices of a state's finalised root and sync committees.
 *
 * <p>Electra's state has more than 32 fields, which moved all three a level down ({@code
 * FINALIZED_ROOT_GINDEX_ELECTRA} and its like).
 */
public enum Fork {
    CAPELLA(105, 54, 55),
    DENEB(105, 54, 55),
    ELECTRA(169, 86, 87),
    FULU(169, 86, 87);

    /** {@code EXECUTION_PAYLOAD_GINDEX}, of a block's body, the same in every fork. */
    public static final int EXECUTION_PAYLOAD_INDEX = 25;

    private final int finalizedRootIndex;
    private final int currentSyncCommitteeIndex;
    private final int nextSyncCommitteeIndex;

    Fork(int finalizedRootIndex, int currentSyncCommitteeIndex, int nextSyncCommitteeIndex) {
        this.finalizedRootIndex = finalizedRootIndex;
        this.currentSyncCommitteeIndex = currentSyncCommitteeIndex;
        this.nextSyncCommitteeIndex = nextSyncCommitteeIndex;
    }

    /** Reads a name as the Beacon API writes it: lower case. */
    public static Optional<Fork> parse(String name) {
        return Arrays.stream(values()).filter(fork -> fork.label().equals(name)).findFirst();
    }

    /** Its name as the Beacon API writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code finalized_root_gindex_at_slot}. */
    public int finalizedRootIndex() {
        return finalizedRootIndex;
    }

    /** {@code current_sync_committee_gindex_at_slot}. */
    public int currentSyncCommitteeIndex() {
        return currentSyncCommitteeIndex;
    }

    /** {@code next_sync_committee_gindex_at_slot}. */
    public int nextSyncCommitteeIndex() {
        return nextSyncCommitteeIndex;
    }

    /** Whether execution payload headers count blob gas (EIP-4844). */
    public boolean hasBlobGas() {
        return compareTo(DENEB) >= 0;
    }
}
