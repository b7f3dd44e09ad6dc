/**
 * First stage of a request: sockets, the event loops they live on, and the deadlines of both.
 *
 * <p>Knows no other stage.
 */
@NullMarked
package io.attestgate.proxy.accept;

import org.jspecify.annotations.NullMarked;
