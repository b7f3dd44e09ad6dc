/** The platform that anybody can play: no hardware, and it says so. */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.simulated;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
