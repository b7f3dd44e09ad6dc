package io.attestgate.verify.nitro;

import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Expiry;
import java.time.Instant;

/**
 * What one document is held against, and until when that holds. One document, one thread.
 *
 * @param accepted the policy's part about documents of this form
 * @param now the reader's instant
 * @param expiry grows nearer with every check
 */
record Question(
        Collateral collateral,
        AppraisalPolicy policy,
        NitroPolicy.Accepted accepted,
        Instant now,
        Expiry expiry) {}
