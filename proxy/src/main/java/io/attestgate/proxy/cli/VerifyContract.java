package io.attestgate.proxy.cli;

import io.attestgate.client.ContractAnchor;
import io.attestgate.client.chain.DevnetView;
import io.attestgate.wire.Address;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The contract that {@code verify} holds an endpoint to, and the endpoint that tells of it. */
final class VerifyContract {
    @Option(
            names = "--contract",
            required = true,
            paramLabel = "ADDRESS",
            description = "The GatewayPolicy contract that it must obey.")
    private @Nullable Address contract;

    @Option(
            names = "--rpc",
            required = true,
            paramLabel = "URL",
            description =
                    "Your own JSON-RPC endpoint, to see the contract with your own eyes. In devnet"
                            + " trust: its word is believed, so it goes with --allow-simulated"
                            + " only.")
    private @Nullable URI rpc;

    @Option(
            names = "--chain-id",
            paramLabel = "ID",
            description = "The chain that the endpoint must be of. Default: what it says.")
    private @Nullable Long chainId;

    ContractAnchor anchor() {
        if (contract == null || rpc == null) {
            throw new AssertionError("--contract, --rpc: absent (expected: both)");
        }
        return new ContractAnchor(
                contract,
                new DevnetView(rpc, contract, Optional.ofNullable(chainId)),
                ContractAnchor.BEHIND_MAX);
    }
}
