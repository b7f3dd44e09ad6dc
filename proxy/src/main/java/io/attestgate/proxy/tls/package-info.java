/**
 * Second stage of a request: which name the client asks for, and with which key we answer.
 *
 * <p>There is no default certificate: a connection that names no host of ours ends with an alert.
 * Knows {@code proxy.accept}.
 */
@NullMarked
package io.attestgate.proxy.tls;

import org.jspecify.annotations.NullMarked;
