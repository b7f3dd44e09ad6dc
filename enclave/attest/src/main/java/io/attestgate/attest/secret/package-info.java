/** Secrets outside the Java heap, and a process that does not spill them. */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.secret;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
