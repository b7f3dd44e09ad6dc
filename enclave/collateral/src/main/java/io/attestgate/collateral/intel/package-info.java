/** Intel's Provisioning Certification Service, and its cache PCCS. */
@NullMarked
@CheckReturnValue
package io.attestgate.collateral.intel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
