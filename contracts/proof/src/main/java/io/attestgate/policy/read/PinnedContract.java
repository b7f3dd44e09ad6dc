package io.attestgate.policy.read;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;

/**
 * Which contract is read, as the measured bootstrap file pins it.
 *
 * @param chainId EIP-155
 * @param contract its address
 * @param codeHash keccak256 of the code there
 */
public record PinnedContract(long chainId, Address contract, Hash32 codeHash) {}
