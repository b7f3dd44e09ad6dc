package io.attestgate.client;

import io.attestgate.client.chain.OwnView;
import io.attestgate.wire.Address;
import java.time.Duration;

/**
 * The contract that a reader holds an endpoint to, and the reader's own way to it.
 *
 * @param contract a GatewayPolicy
 * @param view reads exactly that contract
 * @param behindMax how old the block that the enclave obeys may be, once the policy has changed
 */
public record ContractAnchor(Address contract, OwnView view, Duration behindMax) {
    /**
     * Two epochs of Ethereum (12.8 minutes) are what an honest enclave and an honest reader may be
     * apart, each at its own finalised block.
     */
    public static final Duration BEHIND_MAX = Duration.ofMinutes(15);
}
