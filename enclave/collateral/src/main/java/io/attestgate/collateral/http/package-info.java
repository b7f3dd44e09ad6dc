/** Questions to a vendor's service, their bounds, and what is kept of the answers. */
@NullMarked
@CheckReturnValue
package io.attestgate.collateral.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
