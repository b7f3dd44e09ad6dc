/**
 * What a gateway's leave to serve rests on beside the documents: beats, its own measurement in the
 * registry, and reductions of trust short of finality.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.policy.standing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
