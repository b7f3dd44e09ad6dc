package io.attestgate.proxy.cli;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.policy.read.AnchorStore;
import io.attestgate.policy.read.DevnetSource;
import io.attestgate.policy.read.PinnedContract;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.proxy.bootstrap.EndpointConnection;
import io.attestgate.proxy.bootstrap.RpcEndpoint;
import java.net.URI;
import java.util.Optional;

/**
 * A contract and the endpoint that a command asks about it.
 *
 * @param pinned the contract and the code that it must have
 * @param rpc the endpoint
 * @param held what a bootstrap file holds its TLS to; empty for an endpoint of the command line,
 *     whose TLS is held to the roots of this machine like any other web site's
 */
record Chain(PinnedContract pinned, URI rpc, Optional<RpcEndpoint> held) {

    /** Reads the contract in devnet trust: the one endpoint's word. */
    @MustBeClosed
    DevnetSource open() {
        JsonRpc connection = held.map(EndpointConnection::open).orElseGet(() -> JsonRpc.open(rpc));
        return new DevnetSource(pinned, connection, AnchorStore.inMemory());
    }

    /** Refuses an endpoint that a transaction could not be held to as the file asks. */
    void requireForTransactions() throws CommandException {
        if (held.isPresent() && !held.get().isPlain()) {
            throw new CommandException(
                    "--config: https with pins or roots (expected: http, or --rpc and --contract by"
                            + " hand: transactions hold no endpoint to pins)");
        }
    }
}
