package io.attestgate.proxy.bootstrap;

import io.attestgate.policy.read.DocumentSources;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which contract is obeyed, and how it is read.
 *
 * @param chainId of the chain, from 1
 * @param contract GatewayPolicy, whose code is pinned in {@code codeHashes}
 * @param codeHashes Keccak-256 of the runtime code of every contract that is read
 * @param trust how a finalised header is justified
 * @param rpc in devnet trust exactly one
 * @param quorum how many of them must agree; present exactly if the trust asks for a quorum
 * @param lightClient present exactly if the trust asks for one
 * @param documents where documents are looked for beside the chain
 * @param poll how often the finalised head is asked for
 */
public record ChainAnchor(
        long chainId,
        Address contract,
        Map<Address, Hash32> codeHashes,
        Trust trust,
        List<RpcEndpoint> rpc,
        OptionalInt quorum,
        Optional<LightClientTrust> lightClient,
        DocumentSources documents,
        Duration poll) {
    public ChainAnchor {
        codeHashes = Map.copyOf(codeHashes);
        rpc = List.copyOf(rpc);
        if (!codeHashes.containsKey(contract) || rpc.isEmpty()) {
            throw new IllegalArgumentException(
                    "chain: %s (expected: the contract's code hash and an endpoint)"
                            .formatted(contract));
        }
        if (quorum.isPresent() != trust.asksQuorum()
                || lightClient.isPresent() != trust.asksLightClient()
                || quorum.orElse(1) > rpc.size()) {
            throw new IllegalArgumentException(
                    "trust: %s (expected: with what it asks for, and no more)"
                            .formatted(trust.word()));
        }
    }

    /** The hash that the contract's own code must have. */
    public Hash32 codeHash() {
        return Objects.requireNonNull(codeHashes.get(contract));
    }
}
