package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Expiry;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * What one report is held against, and until when that holds. One report, one thread.
 *
 * @param accepted the policy's part about NVIDIA
 * @param now the reader's instant
 * @param expiry grows nearer with every check
 */
record Question(
        Collateral collateral,
        AppraisalPolicy policy,
        NvidiaPolicy accepted,
        Instant now,
        Expiry expiry) {

    /** Roots that the policy accepts, and its part for this purpose too. */
    Set<Hash32> roots(Set<Hash32> purpose) {
        Set<Hash32> roots = new HashSet<>(policy.roots());
        roots.retainAll(purpose);
        return roots;
    }

    /** The same question with an expiry of its own: for what may turn out not to count. */
    Question apart() {
        return new Question(collateral, policy, accepted, now, new Expiry());
    }
}
