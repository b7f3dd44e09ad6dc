/**
 * Keeps every wanted name in a certificate: what is due, what has failed, when next.
 *
 * <p>The entrance of this module is {@link io.attestgate.certificate.renewal.CertificateKeeper}.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.certificate.renewal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
