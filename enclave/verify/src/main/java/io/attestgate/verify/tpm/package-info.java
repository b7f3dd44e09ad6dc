/**
 * TPM 2.0: quotes, the keys that sign them and why to believe those, PCRs and their logs, and the
 * form of Azure's confidential machines, in which a hardware report vouches for the key
 * (docs/evidence-tpm.md).
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.tpm;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
