/** dstack: its guest agent, asked over a Unix socket for quotes and for a key. */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.dstack;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
