package io.attestgate.policy.beacon.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The specification's sizes, which are fixed when a client is compiled, by the preset's name. */
public enum Preset {
    /** That of every public network. */
    MAINNET(32, 256, 512),
    /** That of the specification's own small test vectors. */
    MINIMAL(8, 8, 32);

    private final int slotsPerEpoch;
    private final int epochsPerSyncCommitteePeriod;
    private final int syncCommitteeSize;

    Preset(int slotsPerEpoch, int epochsPerSyncCommitteePeriod, int syncCommitteeSize) {
        this.slotsPerEpoch = slotsPerEpoch;
        this.epochsPerSyncCommitteePeriod = epochsPerSyncCommitteePeriod;
        this.syncCommitteeSize = syncCommitteeSize;
    }

    /** Reads a name as configuration files write it: lower case. */
    public static Optional<Preset> parse(String name) {
        return Arrays.stream(values()).filter(preset -> preset.label().equals(name)).findFirst();
    }

    /** Its name as configuration files write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code SLOTS_PER_EPOCH}. */
    public int slotsPerEpoch() {
        return slotsPerEpoch;
    }

    /** How many slots one sync committee signs: about 27 hours on mainnet. */
    public int slotsPerPeriod() {
        return slotsPerEpoch * epochsPerSyncCommitteePeriod;
    }

    /** {@code SYNC_COMMITTEE_SIZE}. */
    public int syncCommitteeSize() {
        return syncCommitteeSize;
    }
}
