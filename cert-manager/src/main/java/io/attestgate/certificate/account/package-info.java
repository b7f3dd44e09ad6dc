/**
 * The ACME account: how an authority is reached and trusted, the sealed account key, its location.
 *
 * <p>First stage of the certificate way; knows no other stage.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.certificate.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
