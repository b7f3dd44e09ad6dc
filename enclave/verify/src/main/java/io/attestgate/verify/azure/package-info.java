/**
 * What the paravisor of an Azure confidential machine puts between hardware and virtual TPM: the
 * report that binds the TPM's keys to a processor's (docs/evidence-tpm.md, Azure).
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.azure;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
