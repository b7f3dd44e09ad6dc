/** NVIDIA's services for reference measurements and revocation. */
@NullMarked
@CheckReturnValue
package io.attestgate.collateral.nvidia;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
