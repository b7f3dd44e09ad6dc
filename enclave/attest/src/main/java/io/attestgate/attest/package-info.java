/**
 * The inside of the enclave: platforms, sealing, secret memory, keys by purpose, evidence.
 *
 * <p>Stages, each knowing only those before it: secret, disk; platform; seal, evidence, a package
 * per platform; and this.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.attest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
