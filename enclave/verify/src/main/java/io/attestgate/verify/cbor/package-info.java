/**
 * CBOR (RFC 8949) as far as evidence needs it: whole numbers, byte and text strings, arrays, maps,
 * tags, booleans and null, read strictly from arbitrary bytes and written in one spelling.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.cbor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
