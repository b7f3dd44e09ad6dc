/**
 * What vendors publish about their platforms, fetched from their services or from caches of them.
 *
 * <p>Judges nothing: what comes is as untrusted as a file, and is verified by {@code
 * io.attestgate.verify}, which has no network.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.collateral;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
