/** Which platforms a machine has, found without asking any of them. */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.detection;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
