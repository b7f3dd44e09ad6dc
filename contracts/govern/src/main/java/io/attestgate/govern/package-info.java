/**
 * Changes to the contracts: deploying them, and sending transactions with a devnet key.
 *
 * <p>For people and the demo. An enclave changes nothing on the chain, and reads it elsewhere.
 */
@NullMarked
package io.attestgate.govern;

import org.jspecify.annotations.NullMarked;
