/**
 * The one place that constructs and closes: from a bootstrap file to a gateway that serves, and
 * back. Here each stage is handed the two or three things it needs.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.proxy.main;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
