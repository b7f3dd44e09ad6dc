/**
 * Values that both sides of every wire agree on: JSON, hashes, addresses, names.
 *
 * <p>Knows no other package of the project. Evidence and contracts meet here and nowhere else.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
