/** AWS Nitro Enclaves: the Nitro Security Module, asked in CBOR through its device. */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.nitro;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
