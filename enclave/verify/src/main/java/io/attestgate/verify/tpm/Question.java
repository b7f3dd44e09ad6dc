package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Expiry;
import java.time.Instant;

/**
 * What one quote is held against, and until when that holds. One quote, one thread.
 *
 * @param accepted the policy's part about TPMs
 * @param now the reader's instant
 * @param expiry grows nearer with every check
 */
record Question(
        Collateral collateral,
        AppraisalPolicy policy,
        TpmPolicy accepted,
        Instant now,
        Expiry expiry) {}
