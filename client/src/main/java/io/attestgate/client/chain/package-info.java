/**
 * The reader's own view of the contract: what it says at a block that the reader holds for final.
 *
 * <p>Nothing that the endpoint says is used here but where to look.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.client.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
