/** The way to the chain as a bootstrap file asks for it: who says what is final, who gives data. */
@NullMarked
@CheckReturnValue
package io.attestgate.proxy.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
