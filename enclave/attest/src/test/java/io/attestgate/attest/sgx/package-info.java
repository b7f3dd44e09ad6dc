/** An enclave under Gramine, played from its documentation. */
@NullMarked
package io.attestgate.attest.sgx;

import org.jspecify.annotations.NullMarked;
