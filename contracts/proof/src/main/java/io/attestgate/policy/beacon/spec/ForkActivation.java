package io.attestgate.policy.beacon.spec;

/**
 * From which epoch on a fork holds, and the version that signatures of it are bound to.
 *
 * @param fork one whose containers are known
 * @param version {@code CAPELLA_FORK_VERSION} and its like: 4 bytes, of this network alone
 * @param epoch {@code CAPELLA_FORK_EPOCH} and its like, from 0 to 2^40
 */
public record ForkActivation(Fork fork, ByteString version, long epoch) {
    public static final int VERSION_BYTES = 4;

    public ForkActivation {
        if (version.size() != VERSION_BYTES) {
            throw new IllegalArgumentException(
                    "version: %s (expected: 4 bytes)".formatted(version));
        }
        if (epoch < 0 || epoch > BeaconBlockHeader.SLOT_MAX) {
            throw new IllegalArgumentException("epoch: %d (expected: 0 to 2^40)".formatted(epoch));
        }
    }
}
