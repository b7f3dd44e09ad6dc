/**
 * One connection to an endpoint and one exchange on it, with a bound on every size and on the time.
 *
 * <p>Judges nothing: what was seen goes to the stages that do.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.client.connect;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
