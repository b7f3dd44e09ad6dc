/**
 * The values of Ethereum's consensus specification that a light client needs: containers with their
 * roots, read strictly from SSZ and from the Beacon API's JSON, and the parameters of a network.
 *
 * <p>Names and rules are those of the specification (ethereum/consensus-specs, {@code
 * specs/<fork>/light-client/sync-protocol.md} and {@code ssz/simple-serialize.md}). Knows no
 * signature and no network.
 */
@CheckReturnValue
@NullMarked
package io.attestgate.policy.beacon.spec;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
