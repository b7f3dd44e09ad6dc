/**
 * The light client of Ethereum's sync committees: from a trusted checkpoint to the block that is
 * final now, by signatures and Merkle branches alone. Endpoints are asked and never believed.
 */
@CheckReturnValue
@NullMarked
package io.attestgate.policy.beacon;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
