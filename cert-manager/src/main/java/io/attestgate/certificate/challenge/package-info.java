/**
 * The answers to the challenges of running orders, as the proxy's threads read them.
 *
 * <p>Knows {@code certificate.order}, whose interface it implements.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.certificate.challenge;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
