/** AMD's Key Distribution Service. */
@NullMarked
@CheckReturnValue
package io.attestgate.collateral.amd;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
