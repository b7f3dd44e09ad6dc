package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.spec.Fork;

/**
 * A final block, a block that says so, and the slot in which a committee signs the latter.
 *
 * @param finalized at {@code signatureSlot - 2}
 * @param attested at {@code signatureSlot - 1}
 * @param fork of the attested block
 */
record Publication(BeaconBlock finalized, BeaconBlock attested, Fork fork, long signatureSlot) {}
