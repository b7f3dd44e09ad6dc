/**
 * X.509 as evidence needs it: certificates and revocation lists read from arbitrary bytes, paths to
 * a pinned root judged at a given instant.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.x509;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
