/**
 * The one number that names what runs: platform, registers and bootstrap file
 * (docs/measurement.md).
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.measurement;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
