package io.attestgate.proxy.cli;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.policy.read.PinnedContract;
import io.attestgate.proxy.bootstrap.ChainAnchor;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which contract on which chain: as a bootstrap file says, or as the command line does. */
final class ChainOptions {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "A bootstrap file that names chain, contract and endpoint.")
    private @Nullable Path config;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable Named named;

    /** The same by hand, with devnet trust. */
    static final class Named {
        @Option(
                names = "--rpc",
                required = true,
                paramLabel = "URL",
                description = "JSON-RPC endpoint of a development chain.")
        private @Nullable URI rpc;

        @Option(
                names = "--contract",
                required = true,
                paramLabel = "ADDRESS",
                description = "The GatewayPolicy contract.")
        private @Nullable Address contract;

        @Option(
                names = "--chain-id",
                defaultValue = "31337",
                paramLabel = "ID",
                description = "Default: ${DEFAULT-VALUE}, which is anvil's.")
        private long chainId;

        /** With the code of this release, which is the same on every chain. */
        Chain chain() {
            if (rpc == null || contract == null) {
                throw new AssertionError("--rpc, --contract: absent (expected: both)");
            }
            Hash32 code = ContractArtifact.load("GatewayPolicy").codeHash();
            return new Chain(new PinnedContract(chainId, contract, code), rpc, Optional.empty());
        }
    }

    Chain chain() throws CommandException {
        if (config != null) {
            return of(ConfigFile.open(config).chain());
        }
        if (named == null) {
            throw new AssertionError("--config, --rpc: absent (expected: one of the two)");
        }
        return named.chain();
    }

    private static Chain of(ChainAnchor anchor) {
        return new Chain(
                new PinnedContract(anchor.chainId(), anchor.contract(), anchor.codeHash()),
                anchor.rpc().getFirst().url(),
                Optional.of(anchor));
    }
}
