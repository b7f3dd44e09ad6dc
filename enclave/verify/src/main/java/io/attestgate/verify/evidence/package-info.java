/**
 * The format of evidence: what a report must carry for some claims, the envelope they travel in,
 * and what a judge of one kind of report may answer (docs/evidence.md).
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.evidence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
