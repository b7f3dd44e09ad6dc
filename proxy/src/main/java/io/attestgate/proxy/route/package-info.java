/**
 * Fourth stage of a request: the policy, compiled for looking up, and what it decides.
 *
 * <p>Knows {@code proxy.http}.
 */
@NullMarked
package io.attestgate.proxy.route;

import org.jspecify.annotations.NullMarked;
