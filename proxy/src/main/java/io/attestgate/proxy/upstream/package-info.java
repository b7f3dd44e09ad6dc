/**
 * Fifth stage of a request: connections to the services behind, pooled on the request's own event
 * loop, newest first.
 *
 * <p>Knows {@code proxy.route} and what lies before it.
 */
@NullMarked
package io.attestgate.proxy.upstream;

import org.jspecify.annotations.NullMarked;
