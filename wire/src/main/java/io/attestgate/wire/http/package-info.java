/** Bounds on what a server that nobody trusts may answer over HTTP. */
@NullMarked
@CheckReturnValue
package io.attestgate.wire.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
