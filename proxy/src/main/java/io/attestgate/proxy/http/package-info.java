/**
 * Third stage of a request: HTTP/1.1 and HTTP/2 read into one {@code RequestHead} and one {@code
 * Exchange}, so that no later stage asks which version it was.
 *
 * <p>Knows {@code proxy.accept} and {@code proxy.tls}.
 */
@NullMarked
package io.attestgate.proxy.http;

import org.jspecify.annotations.NullMarked;
