/**
 * A beacon node for a chain that has no consensus layer: it invents the beacon blocks, signs them
 * with a committee whose keys everybody knows, and serves the light-client interface on loopback.
 *
 * <p>It proves nothing to anybody. What it shows is that a light client takes what is signed by the
 * committee that it was told to trust, and nothing else, which is why it can lie as well.
 */
@NullMarked
package io.attestgate.peer.beacon;

import org.jspecify.annotations.NullMarked;
