/** The TPM platform against a software TPM, a bus that lies, and arbitrary answers. */
@NullMarked
package io.attestgate.attest.tpm;

import org.jspecify.annotations.NullMarked;
