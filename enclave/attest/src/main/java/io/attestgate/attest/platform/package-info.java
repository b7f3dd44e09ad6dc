/** What a TEE gives: registers, reports, a sealing root and a register that only moves forward. */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.platform;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
