/** The request way as a whole, on loopback and real sockets. */
@NullMarked
package io.attestgate.proxy.pipeline;

import org.jspecify.annotations.NullMarked;
