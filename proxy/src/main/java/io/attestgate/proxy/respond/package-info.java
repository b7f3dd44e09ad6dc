/**
 * Sixth stage of a request: answers that we give ourselves, and what we add to and take from those
 * of an upstream.
 *
 * <p>Knows {@code proxy.upstream} and what lies before it.
 */
@NullMarked
package io.attestgate.proxy.respond;

import org.jspecify.annotations.NullMarked;
