/** The sealed store: secrets on an untrusted disk, each for one purpose (docs/sealed-store.md). */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.seal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
