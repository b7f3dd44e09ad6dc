/**
 * What the operator may read: health, metrics, status and the access log. Nothing here changes
 * anything.
 *
 * <p>The operator is trusted with nothing, so by default no path, query, header or client address
 * leaves by this door; the gateway's document may let more out.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.proxy.operations;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
