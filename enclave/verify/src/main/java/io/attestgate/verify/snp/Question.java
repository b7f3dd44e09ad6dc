package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Expiry;
import java.time.Instant;

/**
 * What one report is held against, and until when that holds. One report, one thread.
 *
 * @param accepted the policy's part about AMD
 * @param now the reader's instant
 * @param expiry grows nearer with every check
 */
record Question(
        Collateral collateral,
        AppraisalPolicy policy,
        SnpPolicy accepted,
        Instant now,
        Expiry expiry) {}
