/**
 * What an enclave says about itself, and what evidence binds: one record per role, written and read
 * in one exact form (docs/evidence.md).
 *
 * <p>The first stage of verifying: knows no other package of this module.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.claims;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
