package io.attestgate.policy.beacon;

import io.attestgate.policy.beacon.spec.BeaconBlockHeader;
import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.Ssz;
import io.attestgate.wire.Hash32;
import java.util.Arrays;

/** What a sync committee signs for a block: its root, bound to one network and one fork. */
public final class SigningRoot {
    /** {@code DOMAIN_SYNC_COMMITTEE}. */
    private static final byte[] DOMAIN_TYPE = {7, 0, 0, 0};

    private SigningRoot() {}

    /**
     * {@code compute_signing_root} with {@code compute_domain} of sync committees.
     *
     * @param block that is signed
     * @param version of the fork at the slot before the signature's
     * @param genesisValidatorsRoot of the network
     */
    public static Hash32 of(
            BeaconBlockHeader block, ByteString version, Hash32 genesisValidatorsRoot) {
        Hash32 forkData = Ssz.container(Ssz.bytes(version.bytes()), genesisValidatorsRoot);
        byte[] domain = Arrays.copyOf(DOMAIN_TYPE, Hash32.SIZE_BYTES);
        System.arraycopy(
                forkData.bytes(),
                0,
                domain,
                DOMAIN_TYPE.length,
                domain.length - DOMAIN_TYPE.length);
        return Ssz.node(block.root(), Hash32.of(domain));
    }
}
