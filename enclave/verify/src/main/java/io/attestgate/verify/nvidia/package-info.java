/**
 * NVIDIA's evidence: attestation reports of GPUs, with their chains, reference manifests and OCSP
 * answers (docs/evidence-nvidia.md).
 *
 * <p>Pure Java, without network, clock or native code. Begin at {@link
 * io.attestgate.verify.nvidia.Verifier}.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.nvidia;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
