/**
 * AMD's evidence: attestation reports of SEV-SNP guests (docs/evidence-snp.md).
 *
 * <p>Pure Java, without network, clock or native code. Begin at {@link
 * io.attestgate.verify.snp.Verifier}.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.snp;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
