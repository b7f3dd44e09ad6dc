/**
 * The simulated platform's report, read and judged: signed by a key that everybody has, and saying
 * so in the signed bytes.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.simulated;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
