package io.attestgate.policy.read;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.time.Instant;

/**
 * Where on which chain a policy was read; two snapshots of one point are the same.
 *
 * @param chainId EIP-155
 * @param contract the registry of domains
 * @param epoch how many changes of state it had seen
 * @param head the hash that commits to all of them
 * @param block the finalised block's number
 * @param blockHash its hash
 * @param blockTime its timestamp
 */
public record PolicyPoint(
        long chainId,
        Address contract,
        long epoch,
        Hash32 head,
        long block,
        Hash32 blockHash,
        Instant blockTime) {}
