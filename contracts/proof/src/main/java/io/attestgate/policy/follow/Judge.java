package io.attestgate.policy.follow;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.snapshot.Grounds;
import io.attestgate.policy.snapshot.Snapshot;

/**
 * Says on what grounds a snapshot permits anything: what was seen of beats, of the gateway's own
 * measurement and of halts short of finality, at the snapshot's block. Called by one thread.
 */
public interface Judge {

    /**
     * The grounds at the block of {@code bare}, which permits nothing yet.
     *
     * @throws PolicyReadException if they are not to be had, or not to be believed: then the
     *     snapshot before stays, and ages
     */
    Grounds judge(Snapshot bare) throws PolicyReadException;
}
