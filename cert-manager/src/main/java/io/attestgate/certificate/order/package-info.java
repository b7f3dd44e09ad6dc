/**
 * One ACME order (RFC 8555 §7.4), from its placing to the chain, in steps that survive a restart.
 *
 * <p>Knows {@code certificate.account}; what answers challenges is handed in.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.certificate.order;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
