/**
 * What vendors publish about their platforms, brought along by whoever asks: an offline bundle now,
 * the vendors' services later.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.collateral;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
