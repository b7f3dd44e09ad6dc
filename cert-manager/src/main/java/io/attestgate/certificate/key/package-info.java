/**
 * A TLS key: made here, attested before its order, fitted to its certificate.
 *
 * <p>The last stage before renewal; the proxy reads {@link
 * io.attestgate.certificate.key.Certificates}.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.certificate.key;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
