/**
 * A TPM 2.0: the sealing secret under its PCRs, the register that cannot be set back, quotes.
 *
 * <p>The bus between us and the TPM is the operator's, so every answer that counts is checked by an
 * HMAC under a key that only that TPM can know (docs/platform-tpm.md). "Part 1", "Part 2" and "Part
 * 3" are those of the TCG's TPM 2.0 Library Specification, revision 1.59.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.tpm;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
