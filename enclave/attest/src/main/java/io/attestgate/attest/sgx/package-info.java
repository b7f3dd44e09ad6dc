/**
 * SGX enclaves under Gramine, by its pseudo-files in {@code /dev/attestation} (Gramine,
 * "Attestation and Secret Provisioning").
 */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.sgx;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
