/** Evidence for claims, one report for as many as are waiting. */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.evidence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
