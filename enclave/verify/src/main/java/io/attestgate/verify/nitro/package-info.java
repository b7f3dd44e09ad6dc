/**
 * Amazon's evidence: attestation documents of Nitro enclaves, and of instances with a NitroTPM
 * (docs/evidence-nitro.md).
 *
 * <p>Pure Java, without network, clock or native code. Begin at {@link
 * io.attestgate.verify.nitro.Verifier}.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.nitro;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
