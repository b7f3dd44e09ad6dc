/**
 * The bootstrap file {@code attestgate.yaml}: the one thing that is measured beside the code, read
 * once and whole.
 *
 * <p>It names the chain, the contract and the trust to read them with. It holds no route and no
 * certificate rule: those are the contract's.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.proxy.bootstrap;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
